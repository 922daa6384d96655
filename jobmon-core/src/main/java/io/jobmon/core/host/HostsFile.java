package io.jobmon.core.host;

import io.jobmon.Host;
import io.jobmon.JobMonException;
import io.jobmon.spi.HostKind;
import io.jobmon.spi.HostSettings;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** The hosts that {@code jobmon.yaml} lists: YAML 1.2 without tags. For one thread. */
final class HostsFile {

    private static final int MOST_BYTES = 1 << 20;
    private static final Set<String> OTHERS = Set.of("redis", "local", "jobs");
    private static final String COMMON = "slots, workdir, tags, env, java, jvm, programs, setup";
    private static final Map<String, String> ARTIFACTS = Map.of(
            "ssh",
            "jobmon-ssh",
            "slurm",
            "jobmon-ssh",
            "pbs",
            "jobmon-ssh",
            "sge",
            "jobmon-ssh",
            "local",
            "jobmon-core");

    private final String file;
    private final Map<String, HostKind> kinds = new TreeMap<>();

    private HostsFile(String file) {
        this.file = file;
        load(HostKind.class.getClassLoader());
        load(Thread.currentThread().getContextClassLoader());
    }

    private void load(ClassLoader loader) {
        try {
            ServiceLoader.load(HostKind.class, loader).forEach(kind -> kinds.putIfAbsent(kind.key(), kind));
        } catch (ServiceConfigurationError e) {
            throw new JobMonException(
                    "A kind of host cannot be loaded (" + e.getMessage() + "); give all JobMon modules one version.",
                    e);
        }
    }

    static List<Host> read(Path path) {
        return new HostsFile(String.valueOf(path)).hosts(text(path));
    }

    private static String text(Path path) {
        try {
            PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
            if (view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new JobMonException(path + " can be written by every user of this machine, and it says what runs:"
                        + " chmod o-w " + path + ".");
            }
            if (Files.size(path) > MOST_BYTES) {
                throw new JobMonException(path + " is larger than " + MOST_BYTES + " bytes; is it the right file?");
            }
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw new JobMonException(path + " is not UTF-8; save it as UTF-8.", e);
        } catch (IOException e) {
            throw new JobMonException(path + " cannot be read; check its path and rights.", e);
        }
    }

    private List<Host> hosts(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(20)
                .build();
        Optional<Node> root;
        try {
            root = new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text))).getSingleNode();
        } catch (YamlEngineException e) {
            throw new JobMonException(file + " is no YAML: " + e.getMessage(), e);
        }
        if (root.isEmpty()) {
            throw new JobMonException(file + " is empty; write hosts: below it.");
        }
        YamlEntry top = new YamlEntry(file, root.get(), "The file");
        OTHERS.forEach(top::tick);
        Optional<YamlEntry> defaults = top.entry("defaults").map(YamlEntry.class::cast);
        UnaryOperator<HostSettings> common = defaults.map(this::common).orElse(UnaryOperator.identity());
        YamlEntry entries = top.entry("hosts")
                .map(YamlEntry.class::cast)
                .orElseThrow(() -> new JobMonException(
                        file + " lists no hosts; write such as:\nhosts:\n  here: { local: true," + " slots: 2 }"));
        List<Host> hosts = new ArrayList<>();
        for (String name : entries.keys()) {
            hosts.add(host(name, entries, common));
        }
        top.refuseRest("hosts, defaults, redis, local, jobs");
        return hosts;
    }

    private Host host(String name, YamlEntry entries, UnaryOperator<HostSettings> defaults) {
        YamlEntry entry = entries.entry(name)
                .map(YamlEntry.class::cast)
                .orElseThrow(() -> entries.refusal(name, "write such as { ssh: me@node1, slots: 16 }"));
        List<String> named = new ArrayList<>();
        entry.keys().stream()
                .filter(key -> kinds.containsKey(key) || ARTIFACTS.containsKey(key))
                .forEach(named::add);
        if (named.size() != 1) {
            throw entries.refusal(
                    name,
                    named.isEmpty()
                            ? "say what kind of host it is: one of " + String.join(", ", kinds.keySet())
                            : "it is of two kinds, " + String.join(" and ", named) + "; leave one");
        }
        HostKind kind = kinds.get(named.get(0));
        if (kind == null) {
            throw entry.refusal(
                    named.get(0),
                    "hosts of this kind need io.jobmon:" + ARTIFACTS.get(named.get(0)) + "; add it to the class path");
        }
        HostSettings settings;
        Host host;
        try {
            settings = common(entry).apply(defaults.apply(HostSettings.of(name)));
            host = kind.read(entry, settings);
        } catch (JobMonException e) {
            throw String.valueOf(e.getMessage()).startsWith(file) ? e : entries.refusal(name, plain(e));
        }
        entry.refuseRest(COMMON + ", and what a host of the kind " + kind.key() + " has");
        return host;
    }

    private static String plain(JobMonException e) {
        String message = String.valueOf(e.getMessage());
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    /** What all hosts have. */
    private UnaryOperator<HostSettings> common(YamlEntry entry) {
        List<UnaryOperator<HostSettings>> all = new ArrayList<>();
        entry.number("slots").ifPresent(slots -> all.add(settings -> settings.slots(slots)));
        entry.text("workdir").ifPresent(path -> all.add(settings -> settings.workdir(path)));
        entry.texts("tags").forEach(tag -> all.add(settings -> settings.tags(tag)));
        entry.map("env").forEach((name, value) -> all.add(settings -> settings.environment(name, value)));
        entry.text("java").ifPresent(home -> all.add(settings -> settings.javaHome(home)));
        entry.texts("jvm").forEach(option -> all.add(settings -> settings.jvmOptions(option)));
        entry.map("programs").forEach((name, path) -> all.add(settings -> settings.program(name, path)));
        entry.texts("setup").forEach(line -> all.add(settings -> settings.setup(line)));
        return settings -> {
            HostSettings changed = settings;
            for (UnaryOperator<HostSettings> each : all) {
                changed = each.apply(changed);
            }
            return changed;
        };
    }
}

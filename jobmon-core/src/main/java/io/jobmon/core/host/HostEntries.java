package io.jobmon.core.host;

import io.jobmon.Host;
import io.jobmon.JobMonException;
import io.jobmon.spi.HostKind;
import io.jobmon.spi.HostSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The hosts that {@code hosts:} of jobmon.yaml lists, with {@code defaults:} for all of them. For one thread. */
final class HostEntries {

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

    HostEntries(String file) {
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

    /** The hosts; none if the file has no such key. */
    List<Host> read(YamlEntry top) {
        UnaryOperator<HostSettings> common = top.has("defaults")
                ? common(top.below("defaults", "what all hosts have, such as { slots: 2 }"))
                : UnaryOperator.identity();
        List<Host> hosts = new ArrayList<>();
        if (top.has("hosts")) {
            YamlEntry entries = top.below("hosts", "names of hosts, such as here: { local: true, slots: 2 }");
            for (String name : entries.keys()) {
                hosts.add(host(name, entries, common));
            }
        }
        return hosts;
    }

    private Host host(String name, YamlEntry entries, UnaryOperator<HostSettings> defaults) {
        YamlEntry entry = entries.below(name, "{ ssh: me@node1, slots: 16 }");
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
            throw entries.placed(name, e);
        }
        entry.refuseRest(COMMON + ", and what a host of the kind " + kind.key() + " has");
        return host;
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

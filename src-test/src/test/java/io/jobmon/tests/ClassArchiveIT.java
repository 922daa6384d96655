package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The class archive that child JVMs start with: who makes it, who uses it, who does without. */
@Timeout(400)
class ClassArchiveIT extends FaultCase {

    private static final String TOP = "shared objects file (top)";
    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rwx------");
    private static final String ARCHIVE = "-XX:SharedArchiveFile=";

    /** What all tests start from: the same jars, hence the same archive. */
    @TempDir
    static Path shared;

    private static String classPath;
    private static Path made;

    private Path cache;
    private int seed;

    @BeforeAll
    static void collect() throws IOException {
        classPath = jars();
        made = null;
    }

    @BeforeEach
    void prepare() {
        cache = folder.resolve("cache/jobmon");
    }

    /** The archives in a folder. */
    static List<Path> archives(Path cache) throws IOException {
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(cache)) {
            return all.filter(file -> file.getFileName().toString().endsWith(".jsa"))
                    .toList();
        }
    }

    /** This class path; where JobMon's classes lie in folders, as in an IDE, with jars of them. */
    private static String jars() throws IOException {
        List<String> entries = new ArrayList<>();
        for (String each : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path entry = Path.of(each);
            boolean own = Files.isDirectory(entry.resolve("io/jobmon/core"))
                    || Files.isDirectory(entry.resolve("io/jobmon/spi"));
            entries.add(
                    own ? jar(entry, shared.resolve(entries.size() + ".jar")).toString() : each);
        }
        return String.join(File.pathSeparator, entries);
    }

    private static Path jar(Path from, Path to) throws IOException {
        try (OutputStream out = Files.newOutputStream(to);
                JarOutputStream jar = new JarOutputStream(out);
                Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(from.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, jar);
            }
        }
        return to;
    }

    /** Starts the program. Children log what they load. */
    private Forks.Fork program(int experiments, boolean awaits, String... options) throws IOException {
        return program(classPath, experiments, awaits, options);
    }

    private Forks.Fork program(String from, int experiments, boolean awaits, String... options) throws IOException {
        Path loads = Files.createDirectories(folder.resolve("loads-" + ++seed));
        List<String> arguments = new ArrayList<>(List.of(
                server.uri(),
                Integer.toString(seed),
                Integer.toString(experiments),
                awaits ? cache.toString() : "-",
                "-Xlog:class+load:file=" + loads + "/%p.txt"));
        arguments.addAll(List.of(options));
        Map<String, String> environment =
                Map.of("XDG_CACHE_HOME", cache.getParent().toString());
        return forks.start(from, ArchiveMain.class, environment, arguments.toArray(String[]::new));
    }

    private List<String> lines(Forks.Fork program, String what) {
        // The archive is made at low priority: on a busy machine that takes a while.
        until().atMost(Duration.ofSeconds(300)).until(() -> !program.process().isAlive());
        assertThat(program.exitCode()).as(program.output()).isZero();
        return program.output().lines().filter(line -> line.startsWith(what)).toList();
    }

    /** What the children of the last program have loaded from the archive: the classes of each child. */
    private List<String> loaded() throws IOException {
        List<String> loaded = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("loads-" + seed))) {
            for (Path file : files.toList()) {
                loaded.add(Files.readString(file)
                        .lines()
                        .filter(line -> line.endsWith(TOP))
                        .map(line -> line.replaceAll(".*\\] (\\S+) source: .*", "$1"))
                        .collect(Collectors.joining(" ")));
            }
        }
        return loaded;
    }

    /** An archive in this test's own folder. */
    private Path make() throws IOException {
        if (made == null) {
            lines(program(1, true), "options");
            assertThat(archives(cache)).hasSize(1);
            Path first = archives(cache).get(0);
            made = Files.copy(first, shared.resolve(first.getFileName()));
            return first;
        }
        Files.createDirectories(cache, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
        return Files.copy(made, cache.resolve(made.getFileName()));
    }

    @Test
    void should_start_from_the_archive_when_an_earlier_child_has_led_to_one() throws IOException {
        List<String> options = lines(program(2, true), "options");

        assertThat(options).hasSize(2);
        assertThat(options.get(0)).doesNotContain(ARCHIVE);
        assertThat(options.get(1)).contains(ARCHIVE + archives(cache).get(0));
        assertThat(loaded())
                .hasSize(2)
                .filteredOn(classes -> !classes.isEmpty())
                .singleElement()
                .asString()
                .contains("io.jobmon.core.isolate.ChildMain", "io.jobmon.Experiment", "org.zeromq.ZContext")
                .contains("tools.jackson.databind.json.JsonMapper");
        assertThat(Files.getPosixFilePermissions(archives(cache).get(0)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(cache.toFile().list()).hasSize(1);
    }

    @Test
    void should_leave_one_good_archive_when_two_make_it_at_once() throws IOException {
        Forks.Fork one = program(1, true);
        Forks.Fork two = program(1, true);
        lines(one, "options");
        lines(two, "options");

        assertThat(cache.toFile().list()).hasSize(1);
        assertThat(lines(program(1, false), "options")).allMatch(line -> line.contains(ARCHIVE));
        assertThat(loaded()).allMatch(classes -> classes.contains("io.jobmon.core.isolate.ChildMain"));
    }

    @Test
    void should_leave_nothing_broken_when_its_maker_is_killed() throws IOException {
        Forks.Fork program = program(1, true);
        until().until(() -> !Forks.training(program.process().toHandle()).isEmpty());
        List<Long> below =
                program.process().descendants().map(ProcessHandle::pid).toList();
        program.kill();
        until().until(() -> below.stream().noneMatch(Forks::lives));

        make();
        lines(program(1, false), "options");
        assertThat(loaded()).allMatch(classes -> classes.contains("io.jobmon.core.isolate.ChildMain"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut off", "garbage", "empty"})
    void should_do_without_when_the_archive_is_damaged(String how) throws IOException {
        Path archive = make();
        byte[] whole = Files.readAllBytes(archive);
        Files.write(
                archive,
                switch (how) {
                    case "cut off" -> Arrays.copyOf(whole, whole.length / 2);
                    case "garbage" -> new byte[whole.length];
                    default -> new byte[0];
                });

        assertThat(lines(program(1, false), ""))
                .contains("output [said] []")
                .anyMatch(line -> line.startsWith("options"));
        assertThat(loaded()).containsExactly("");
    }

    @Test
    void should_make_another_one_when_a_jar_is_another() throws IOException {
        Path archive = make();
        String jar = Arrays.stream(classPath.split(File.pathSeparator))
                .filter(each -> each.contains("jeromq"))
                .findFirst()
                .orElseThrow();
        String changed = classPath.replace(
                jar, Files.copy(Path.of(jar), folder.resolve("jeromq.jar")).toString());

        assertThat(lines(program(changed, 1, false), "options")).noneMatch(line -> line.contains(ARCHIVE));
        Files.delete(archive);
        lines(program(changed, 1, true), "options");
        assertThat(archives(cache)).hasSize(1).doesNotContain(archive);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xbootclasspath/a:nothing.jar",
                "-XX:ObjectAlignmentInBytes=16",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-XX:+UseG1GC",
                "-XX:+UseZGC",
                "-XX:-UseCompressedOops",
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:0",
            })
    void should_say_nothing_when_other_options_do_not_go_with_the_archive(String option) throws IOException {
        make();

        List<String> lines = lines(program(1, false, option), "");
        assertThat(lines).contains("output [said] []");
        assertThat(lines)
                .anyMatch(line -> line.startsWith("options") && line.contains(ARCHIVE) && line.contains(option));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xshare:off", "-XX:SharedArchiveFile=own.jsa"})
    void should_leave_the_choice_to_the_user_when_an_option_makes_one(String option) throws IOException {
        make();

        List<String> options = lines(program(1, false, option), "options");
        assertThat(options).singleElement().asString().contains(option).doesNotContain(cache.toString());
        assertThat(loaded()).containsExactly("");
    }
}

package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher and the jar as they are shipped, in pipes and on a terminal (util-linux' script). */
@Timeout(180)
class JmJarIT extends CliCase {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private record Ran(int code, String out, String err) {}

    private static Path jm() {
        return Stream.of("../jobmon-cli/target/jm", "jobmon-cli/target/jm")
                .map(path -> Path.of(path).toAbsolutePath().normalize())
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    private ProcessBuilder builder(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("JOBMON_JAVA_OPTS", "-Duser.home=" + folder + " -Djava.io.tmpdir=" + folder);
        builder.environment().put("TERM", "xterm");
        List.of("NO_COLOR", "JOBMON_REDIS", "JOBMON_REDIS_FILE", "LANG", "LC_ALL")
                .forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        return builder;
    }

    private Ran ran(String input, String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Process process = builder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(List.of(command) + " does not end");
        }
        return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Ran piped(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(jm().toString()));
        command.addAll(List.of(args));
        return ran("", command.toArray(String[]::new));
    }

    /** On a pseudo terminal; what is typed is the input. */
    private Ran typed(String input, String line) throws IOException, InterruptedException {
        return ran(input, "script", "-qec", jm() + " " + line, "/dev/null");
    }

    @Test
    void should_be_plain_when_piped() throws Exception {
        assertThat(piped("--help").out()).startsWith("Parameter sweeps").contains("postsweep");
        Ran run = piped("run", "number", "x=1..3");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("3.5");
        assertThat(run.err()).contains("3 of 3");
        assertThat(run.out() + run.err() + piped("run", "--help").out()).doesNotContain("\u001b", "\r", "SLF4J");
        Ran wrong = piped("run", "nothing");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).startsWith("jm: There is no job nothing").hasLineCount(1);
    }

    @Test
    void should_draw_a_bar_and_colours_when_on_a_terminal() throws Exception {
        // The bar appears after a second.
        Files.writeString(
                folder.resolve("jobmon.yaml"),
                "jobs:\n  slow: { command: [sh, -c, 'sleep 1; echo 1'], output: number }\n");
        Ran run = typed("", "run slow x=1..3 --slots 1");

        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out()).contains("3/3").containsPattern("\r[^\n]");
        Ran piped = piped("run", "slow", "x=1..3", "--slots", "1");
        assertThat(piped.out() + piped.err()).contains("3 of 3").doesNotContain("\r", "\u001b");
        assertThat(typed("", "run --help").out()).contains("\u001b[");
        environment.put("NO_COLOR", "1");
        assertThat(typed("", "run --help").out()).contains("Usage:").doesNotContain("\u001b[");
    }

    @Test
    void should_ask_before_deleting_when_on_a_terminal() throws Exception {
        yaml("local: ./state\n");
        assertThat(piped("postsweep", "number", "x=1..3").code()).isZero();

        Ran no = typed("n\n", "clean number");
        assertThat(no.out())
                .contains("Delete number")
                .contains("3 results? [y/N]")
                .contains("It is kept.");
        assertThat(no.code()).isEqualTo(1);
        assertThat(piped("postsweep", "doubling", "x=1..2").code()).isZero();
        assertThat(typed("n\n", "clean number doubling").out())
                .contains("; doubling ", "2 results? [y/N]")
                .contains("It is kept.");
        assertThat(typed("", "jobs").out()).contains("number", "doubling");
        Ran yes = typed("y\n", "clean number doubling");
        assertThat(yes.out()).contains("Deleted number", "Deleted doubling");
        assertThat(yes.code()).isZero();
        assertThat(piped("jobs").err()).contains("No job is posted");
    }

    @Test
    void should_name_what_it_holds_when_the_jar_is_opened() throws Exception {
        try (JarFile jar = new JarFile(jm().resolveSibling("jm.jar").toFile())) {
            assertThat(jar.getEntry("META-INF/licenses/THIRD-PARTY.txt")).isNotNull();
            assertThat(jar.getEntry("META-INF/licenses/redis-BSD.txt")).isNotNull();
            assertThat(jar.stream().map(JarEntry::getName))
                    .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|RSA|DSA)"));
            assertThat(jar.getManifest().getMainAttributes().getValue("Multi-Release"))
                    .isEqualTo("true");
        }
    }

    @Test
    void should_keep_letters_when_there_is_no_locale() throws Exception {
        Files.writeString(
                folder.resolve("jobmon.yaml"),
                "jobs:\n  caf\u00e9: { command: [sh, -c, 'printf %s \"$JOBMON_PARAM_x\"'], output: text }\n");

        Ran run = piped("run", "caf\u00e9", "x=\u00e4,\u4e2d");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("\u00e4", "\u4e2d");
    }

    @Test
    void should_complete_commands_when_bash_has_read_the_script() throws Exception {
        Ran completed = ran(
                "",
                "bash",
                "-c",
                "source <('" + jm() + "' completion); COMP_WORDS=(jm posts); COMP_CWORD=1; COMP_LINE='jm posts';"
                        + " _complete_jm; echo \"${COMPREPLY[@]}\"; complete -p jm");

        assertThat(completed.out()).contains("postsweep", "_complete_jm");
    }

    @Test
    void should_find_its_jar_when_linked_and_say_so_when_it_is_missing() throws Exception {
        Files.createSymbolicLink(folder.resolve("linked"), jm());
        assertThat(ran("", folder.resolve("linked").toString(), "--help").out()).contains("postsweep");

        Path alone = Files.createDirectory(folder.resolve("alone")).resolve("jm");
        Files.copy(jm(), alone, StandardCopyOption.COPY_ATTRIBUTES);
        Ran missing = ran("", alone.toString(), "--help");

        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("jm.jar is missing");
    }

    /** INT is what Ctrl-C sends; where tests run in the background it is ignored, which children inherit. */
    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void should_leave_nothing_when_a_run_is_interrupted(String signal) throws Exception {
        Files.writeString(folder.resolve("double.sh"), "touch " + folder + "/begun; sleep 600");
        Process process = builder("env", "--default-signal=" + signal, jm().toString(), "run", "doubling", "x=1..4")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await().atMost(LIMIT).until(() -> Files.exists(folder.resolve("begun")));
        List<Long> family = process.descendants()
                .map(ProcessHandle::pid)
                .filter(Forks::lives)
                .toList();

        Forks.signal(process.pid(), signal);

        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(family).isNotEmpty();
        await().atMost(Duration.ofSeconds(20)).until(() -> family.stream().noneMatch(Forks::lives));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("jobmon-") && !name.startsWith("jobmon-command"));
        }
    }
}

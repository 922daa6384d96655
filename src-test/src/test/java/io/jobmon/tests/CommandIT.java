package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.CommandJob;
import io.jobmon.CommandOutput;
import io.jobmon.Failure;
import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.Progress;
import io.jobmon.ProgressListener;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that hang, hide, flood, or are not there; workers that die; and what strangers write into Redis. */
class CommandIT extends FaultCase {

    private List<Long> pids() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Long> pids = new ArrayList<>();
            for (Path file : files.filter(file -> file.getFileName().toString().matches("\\d+(-child)?"))
                    .toList()) {
                String text = Files.readString(file).trim();
                if (!text.isEmpty()) {
                    pids.add(Long.parseLong(text));
                }
            }
            return pids;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitGone(List<Long> pids) {
        until().until(() -> pids.stream().allMatch(Forks::gone));
    }

    private static Failure failure(Sweep<?, ?> sweep) {
        return sweep.failures().groups().get(0).cause();
    }

    @Test
    void should_leave_no_process_when_the_time_is_over() {
        CommandJob<Integer> job = ProgramJobs.stubborn(folder.toString());
        try (Worker worker = jobmon.worker().job(job).slots(2).start()) {
            Sweep<?, ?> sweep =
                    jobmon.post(job).timeout(Duration.ofSeconds(1)).attempts(1).sweep("x", 1, 2);
            complete(sweep);

            assertThat(sweep.failures().groups()).singleElement().satisfies(group -> {
                assertThat(group.count()).isEqualTo(2);
                assertThat(group.cause().message()).contains("timeout of 1 s").doesNotContain("stuck");
            });
            assertThat(pids()).hasSize(4);
            awaitGone(pids());
            try (Stream<? extends Result<?, ?>> outcomes = sweep.stream()) {
                assertThat(outcomes.map(Result::elapsed)).allMatch(time -> time.toMillis() < 10_000);
            }
        }
    }

    @Test
    void should_leave_no_process_when_cancelled() {
        CommandJob<Integer> job = ProgramJobs.sleeping(folder.toString());
        try (Worker worker = jobmon.worker().job(job).slots(2).start()) {
            Sweep<?, ?> sweep = jobmon.post(job).sweep("x", 1, 2, 3);
            until().until(() -> pids().size() == 2);

            sweep.cancel();

            awaitGone(pids());
            until().until(() -> server.ask(redis -> redis.exists(key(sweep, "claims"))) == 0);
            assertThat(sweep.progress().dead()).isZero();
        }
    }

    @Test
    void should_leave_no_process_when_the_worker_stops() {
        CommandJob<Integer> job = ProgramJobs.stubborn(folder.toString());
        jobmon.post(job).sweep("x", 1, 2);
        try (Worker worker = jobmon.worker().job(job).slots(2).start()) {
            until().until(() -> pids().size() == 4);
        }

        awaitGone(pids());
    }

    @Test
    void should_leave_no_process_when_the_worker_is_killed() throws Exception {
        jobmon.post(ProgramJobs.stubborn(folder.toString())).sweep("x", 1, 2);
        Path temporary = Files.createDirectory(folder.resolve("some where"));
        Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", "'-Djava.io.tmpdir=" + temporary + "'");
        Forks.Fork worker = forks.start(ProgramWorkerMain.class, environment, server.uri(), folder.toString());
        until().alias(forks.output()).until(() -> pids().size() == 4);
        assertThat(temporary).isNotEmptyDirectory();

        worker.kill();

        awaitGone(pids());
        until().untilAsserted(() -> assertThat(temporary).isEmptyDirectory());
    }

    @Test
    void should_keep_its_folders_until_its_programs_have_ended_when_the_worker_is_told_to_stop() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        jobmon.post(ProgramJobs.watchful(folder.toString())).sweep("x", 1);
        Forks.Fork worker = forks.start(ProgramWorkerMain.class, environment, server.uri(), folder.toString());
        until().alias(forks.output()).until(() -> pids().size() == 1);

        worker.signal("TERM");

        worker.exitCode();
        awaitGone(pids());
        assertThat(folder.resolve("gone")).doesNotExist();
        until().untilAsserted(() -> assertThat(temporary).isEmptyDirectory());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$0 >/dev/null 2>&1 </dev/null &",
                "$0 &",
                "setsid $0 &",
                "setsid $0 >/dev/null 2>&1 </dev/null &",
                "trap '' TERM HUP; (setsid $0 >/dev/null 2>&1 &); sleep 1.2;",
            })
    void should_end_what_a_program_leaves_behind_when_it_has_ended(String leaving) throws Exception {
        Path lurker =
                Files.writeString(folder.resolve("lurker.sh"), "#!/bin/sh\necho $$ > \"$MARKS/1\"\nexec sleep 1000\n");
        assertThat(lurker.toFile().setExecutable(true)).isTrue();
        CommandJob<Integer> job = CommandJob.of(
                        "leaving",
                        "sh",
                        "-c",
                        leaving + " while [ ! -s \"$MARKS/1\" ]; do sleep 0.01; done",
                        "./lurker.sh")
                .files(lurker)
                .environment("MARKS", folder.toString())
                .outcome(Integer.class, CommandOutput::exitCode);
        try (Worker worker = jobmon.worker().job(job).slots(1).start()) {
            Sweep<?, ?> sweep = jobmon.post(job).attempts(1).sweep("x", 1);
            complete(sweep);

            assertThat(sweep.progress().done()).isEqualTo(1);
            assertThat(pids()).hasSize(1);
            awaitGone(pids());
        }
    }

    @Test
    void should_read_on_when_a_program_floods_its_output() {
        CommandJob<Integer> flood =
                CommandJob.of("flood", "head", "-c", "1G", "/dev/zero").outcome(Integer.class);
        CommandJob<Integer> noise = CommandJob.of("noise", "sh", "-c", "head -c 1G /dev/zero >&2; echo 1")
                .outcome(Integer.class);
        try (Worker worker = jobmon.worker().job(flood).job(noise).slots(1).start()) {
            Sweep<?, ?> flooded = jobmon.post(flood).sweep("x", 1);
            Sweep<?, Integer> noisy = jobmon.post(noise).sweep("x", 1);
            complete(flooded);
            complete(noisy);

            assertThat(failure(flooded).message()).contains("1,073,741,824 bytes; the limit is 1,048,576");
            assertThat(noisy.results().stream().map(Result::value)).containsExactly(1);
        }
    }

    /** What await says; it gives up when the sweep is cancelled. */
    private static final class Notes implements ProgressListener {
        final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void progress(Progress progress) {}

        @Override
        public void notice(String line) {
            lines.add(line);
        }
    }

    private void runsOnceMended(CommandJob<String> posted, CommandJob<String> held, String said, Mending mending)
            throws Exception {
        Sweep<?, String> sweep = jobmon.post(posted).attempts(1).sweep("x", 1);
        Notes notes = new Notes();
        Thread waiting = new Thread(() -> sweep.await(notes));
        try (Worker worker = jobmon.worker().job(held).slots(1).start()) {
            waiting.start();
            until().until(() -> !notes.lines.isEmpty());
            assertThat(String.join("\n", notes.lines))
                    .contains("no worker holds " + posted.name())
                    .contains("worker " + worker.id() + " cannot run " + posted.name() + ": " + said);
            assertThat(sweep.progress().running()).isZero();

            mending.run();

            complete(sweep);
            waiting.join();
        }
        assertThat(sweep.results().stream().map(Result::value)).containsExactly("fine");
    }

    private interface Mending {
        void run() throws Exception;
    }

    @Test
    void should_say_what_is_lacking_and_claim_nothing_when_the_program_is_not_there() throws Exception {
        Path program = folder.resolve("simulate");
        CommandJob<String> job =
                CommandJob.of("programless", program.toString()).outcome(String.class, CommandOutput::stdout);

        runsOnceMended(job, job, program + " is not there", () -> {
            Files.writeString(program, "#!/bin/sh\nprintf fine\n");
            assertThat(program.toFile().setExecutable(true)).isTrue();
        });
    }

    @Test
    void should_say_what_is_lacking_and_claim_nothing_when_a_file_is_not_there() throws Exception {
        Path here = Files.createDirectory(folder.resolve("here")).resolve("data.txt");
        Path there = Files.createDirectory(folder.resolve("there")).resolve("data.txt");
        Files.writeString(here, "fine");

        runsOnceMended(
                reader(here),
                reader(there),
                "its file " + there + " is not there",
                () -> Files.writeString(there, "fine"));
    }

    @Test
    void should_name_the_file_when_its_content_is_not_the_posters() throws Exception {
        Path here = Files.createDirectory(folder.resolve("here")).resolve("data.txt");
        Path there = Files.createDirectory(folder.resolve("there")).resolve("data.txt");
        Files.writeString(here, "fine");
        Files.writeString(there, "old");
        Sweep<?, String> sweep = jobmon.post(reader(here)).sweep("x", 1);
        Notes notes = new Notes();
        try (Worker worker = jobmon.worker().job(reader(there)).start()) {
            Thread waiting = new Thread(() -> sweep.await(notes));
            waiting.setUncaughtExceptionHandler((thread, e) -> {});
            waiting.start();
            until().until(() -> notes.lines
                    .toString()
                    .contains("worker " + worker.id() + " has other files than the poster: [data.txt]"));
            sweep.cancel();
            waiting.join();
        }
    }

    private static CommandJob<String> reader(Path file) {
        return CommandJob.of("reader", "cat", file.toString()).files(file).outcome(String.class, CommandOutput::stdout);
    }

    @Test
    void should_give_up_with_the_reason_when_nobody_else_could_come() {
        CommandJob<?> job = CommandJob.of("pathless", "no-such-program", "{x}");
        try (JobMon local = JobMon.local(1)) {
            Sweep<?, ?> sweep = local.post(job).sweep("x", 1);

            assertThatThrownBy(sweep::await)
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("Nobody can run the sweep")
                    .hasMessageContaining("cannot run pathless: no-such-program is not on its PATH");
        }
    }

    @Test
    void should_not_hear_strangers_when_they_write_into_the_sweep() {
        String evil = folder.resolve("evil").toString();
        CommandJob<String> job = CommandJob.of(
                        "innocent", "sh", "-c", "env; printf '%s\\n' \"$0\" \"$@\"", "first", "{x}")
                .outcome(String.class, CommandOutput::stdout);
        Sweep<?, String> sweep = jobmon.post(job).attempts(1).sweep("x", "$(touch " + evil + ")", "; touch " + evil);
        for (String field : List.of("argv", "program", "command", "options", "isolation", "jvmOptions", "files")) {
            server.ask(redis -> redis.hset(key(sweep, "meta"), field, "[\"touch\",\"" + evil + "\"]"));
        }
        server.ask(
                redis -> redis.hset(key(sweep, "meta"), Map.of("isolation", "process", "heap", "64m", "renew", "1")));
        for (String field : List.of("environment", "env", "childEnvironment")) {
            server.ask(redis -> redis.hset(key(sweep, "meta"), field, "{\"LD_PRELOAD\":\"" + evil + "\"}"));
        }
        try (Worker worker = jobmon.worker().job(job).start()) {
            complete(sweep);
        }

        assertThat(sweep.failures().groups()).isEmpty();
        assertThat(Path.of(evil)).doesNotExist();
        assertThat(sweep.results().stream().map(Result::value)).hasSize(2).allSatisfy(seen -> {
            assertThat(seen).doesNotContain("LD_PRELOAD");
            assertThat(seen.lines().filter(line -> line.contains(evil)))
                    .hasSize(2)
                    .anyMatch(line -> line.startsWith("JOBMON_PARAM_x="));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "C.UTF-8"})
    void should_never_send_question_marks_when_the_worker_has_no_locale(String locale) throws Exception {
        Forks.Fork fork = forks.start(LocaleMain.class, Map.of("LC_ALL", locale));

        assertThat(fork.exitCode()).as(fork.output()).isZero();

        String remedy = "cannot hand on";
        assertThat(fork.output()).contains("ascii: plain UE", "child: [TEXT, TEXT, TEXT, TEXT]");
        if (locale.equals("C.UTF-8")) {
            assertThat(fork.output()).contains("stdin: Params[x=TEXT]", "argument: TEXT", "variable: 1");
        } else {
            assertThat(fork.output().lines().filter(line -> line.contains(remedy) && line.contains("LC_ALL=C.UTF-8")))
                    .hasSize(3);
        }
    }
}

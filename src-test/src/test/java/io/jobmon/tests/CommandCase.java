package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.CommandJob;
import io.jobmon.CommandOutput;
import io.jobmon.Failures;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.Result;
import io.jobmon.Sweep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A local JobMon, and what tests of programs have in common. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
abstract class CommandCase {

    static final String NASTY = "Zwölf 'Boxkämpfer' \"jagen\"\n\t$HOME `id` \\ {q} 🦊 -rf *";

    static JobMon jobmon;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        jobmon = JobMon.local(2);
    }

    @AfterAll
    static void close() {
        jobmon.close();
    }

    record Point(double x, String name) {}

    static <R> List<R> run(CommandJob<R> job, ParamSpace space) {
        Sweep<Map<String, Object>, R> sweep = jobmon.post(job).attempts(1).sweep(space);
        sweep.await();
        assertThat(sweep.failures().groups()).isEmpty();
        List<R> values = new ArrayList<>();
        sweep.results().stream().map(Result::value).forEach(values::add);
        return values;
    }

    static <R> R run(CommandJob<R> job) {
        return run(job, ParamSpace.grid().axis("x", 1)).get(0);
    }

    static CommandJob<String> shell(String name, String script, String... arguments) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        argv.addAll(List.of(arguments));
        return CommandJob.of(name, argv.toArray(String[]::new)).outcome(String.class, CommandOutput::stdout);
    }

    static Failures failing(CommandJob<?> job) {
        Sweep<?, ?> sweep = jobmon.post(job).attempts(1).sweep("x", 1);
        sweep.await();
        assertThat(sweep.progress().dead()).isEqualTo(1);
        return sweep.failures();
    }

    static String failure(CommandJob<?> job) {
        return failing(job).groups().get(0).cause().toString();
    }

    Path file(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}

package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Axis;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that keeps its work in a folder, killed in the middle and run again. */
@Timeout(120)
class LocalFolderIT {

    private static final int NUMBER = 200;
    private static final int SIZE = 5 * NUMBER;
    private static final Pattern BEGINS = Pattern.compile("begins with (\\d+)");

    @TempDir
    private Path folder;

    private Forks forks;

    @BeforeEach
    void begin() {
        Executions.in(folder);
        forks = new Forks(folder);
    }

    @AfterEach
    void end() {
        forks.close();
    }

    private Forks.Fork program(String csv) throws IOException {
        return forks.start(
                LocalMain.class,
                Map.of(),
                folder.resolve("work").toString(),
                folder.resolve(csv).toString(),
                Integer.toString(NUMBER));
    }

    private static int beganWith(Forks.Fork program) {
        Matcher line = BEGINS.matcher(program.output());
        assertThat(line.find()).as(program.output()).isTrue();
        return Integer.parseInt(line.group(1));
    }

    @Test
    void should_run_only_what_is_missing_when_it_was_killed() throws Exception {
        Forks.Fork first = program("first.csv");
        FaultCase.until().alias(first.output()).until(() -> Executions.total() >= SIZE / 3);
        first.kill();
        long before = Executions.total();

        Forks.Fork second = program("second.csv");
        assertThat(second.exitCode()).as(second.output()).isZero();

        int kept = beganWith(second);
        assertThat(kept).as("what the first had stored").isPositive();
        assertThat(Executions.total() - before).as("executions of the second").isEqualTo(SIZE - kept);
        Forks.Fork third = program("third.csv");
        assertThat(third.exitCode()).as(third.output()).isZero();
        assertThat(beganWith(third)).isEqualTo(SIZE);
        assertThat(Executions.total() - before).as("executions of the third").isEqualTo(SIZE - kept);
        assertThat(Files.readString(folder.resolve("second.csv"))).isEqualTo(undisturbed());
    }

    @Test
    void should_go_on_at_once_when_what_ran_at_the_kill_is_all_that_is_missing() throws Exception {
        Path work = folder.resolve("work");
        Forks.Fork first = forks.start(SleepyMain.class, Map.of(), work.toString());
        FaultCase.until().alias(first.output()).until(() -> Executions.total() >= 2);
        first.kill();
        Moody.morning();

        long begun = System.nanoTime();
        try (JobMon jobmon = JobMon.local(work)) {
            Sweep<?, ?> sweep = SleepyMain.post(jobmon);
            sweep.await();
            assertThat(sweep.failures().total()).isZero();
        }
        long leaseNanos = 12_000_000_000L;
        assertThat(System.nanoTime() - begun).as("no lease is waited for").isLessThan(leaseNanos);
    }

    @Test
    void should_refuse_the_second_program_when_a_folder_is_in_use() throws Exception {
        Forks.Fork first = program("first.csv");
        FaultCase.until().alias(first.output()).until(() -> Executions.total() > 0);

        Forks.Fork second = program("second.csv");

        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.output())
                .contains("refused:")
                .contains(folder.resolve("work").toString());
        assertThat(first.exitCode()).as(first.output()).isZero();
        assertThat(Files.readString(folder.resolve("first.csv"))).isEqualTo(undisturbed());
    }

    private String undisturbed() throws IOException {
        return results(8);
    }

    private String results(int slots) throws IOException {
        try (JobMon alone = JobMon.local(slots)) {
            Sweep<?, ?> sweep = alone.post(new Sampling()).seed(7).sweep(FaultCase.samples(NUMBER));
            sweep.await();
            Path file = Files.createTempFile(folder, "alone", ".csv");
            sweep.results().writeCsv(file);
            return Files.readString(file);
        }
    }

    @Test
    void should_write_the_same_bytes_when_slots_differ() throws Exception {
        assertThat(results(1)).isEqualTo(results(8)).hasLineCount(SIZE + 1);
    }

    @Test
    void should_write_the_same_bytes_when_slots_differ_and_blocks_are_sealed() throws Exception {
        assertThat(sums(1)).isEqualTo(sums(8)).hasLineCount(100_001);
    }

    private String sums(int slots) throws IOException {
        try (JobMon alone = JobMon.local(slots)) {
            Sweep<?, ?> sweep = alone.post(new Adding())
                    .replicates(10)
                    .sweep(ParamSpace.grid().axis("a", Axis.range(0, 99, 1)).axis("b", Axis.range(0, 99, 1)));
            sweep.await();
            Path file = Files.createTempFile(folder, "sums", ".csv");
            sweep.results().writeCsv(file);
            return Files.readString(file);
        }
    }
}

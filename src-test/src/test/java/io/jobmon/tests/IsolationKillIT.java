package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Isolation;
import io.jobmon.Sweep;
import io.jobmon.SweepState;
import io.jobmon.tests.Crashing.Deed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Monitors and their children are killed at random: each experiment has one outcome, and no process stays. For
 * {@code jobmon.chaos.seconds} (15).
 */
@Timeout(400)
class IsolationKillIT extends FaultCase {

    private static final int MONITORS = 2;
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("jobmon.chaos.seconds", 15));

    private final Random random = new Random(5);

    @Test
    void should_give_each_experiment_one_outcome_when_monitors_and_children_are_killed() throws Exception {
        List<Crashing.Params> points = new ArrayList<>();
        for (int i = 0; i < TIME.toSeconds() * 20; i++) {
            points.add(new Crashing.Params(i % 97 == 5 ? Deed.EXIT : i % 13 == 4 ? Deed.ORPHANS : Deed.NAP, i));
        }
        Sweep<Crashing.Params, Crashing.Outcome> sweep = jobmon.post(new Crashing())
                .isolation(Isolation.PROCESS.maxHeap("32m"))
                .attempts(4)
                .timeout(Duration.ofSeconds(5))
                .backoff(Duration.ofMillis(10))
                .sweep(points);
        for (int k = 0; k < MONITORS; k++) {
            forks.worker(server, 2);
        }
        int monitors = 0;
        int children = 0;
        long end = System.nanoTime() + TIME.toNanos();
        while (System.nanoTime() < end && !sweep.await(Duration.ofMillis(100 + random.nextInt(400)))) {
            List<Forks.Fork> alive = forks.alive();
            Forks.Fork monitor = alive.get(random.nextInt(alive.size()));
            if (random.nextInt(6) == 0) {
                monitor.kill();
                forks.worker(server, 2);
                monitors++;
            } else {
                children += killAChildOf(monitor) ? 1 : 0;
            }
        }
        assertThat(monitors).isPositive();
        assertThat(children).isPositive();
        until().atMost(LIMIT.plus(TIME))
                .alias("is left: " + sweep.progress())
                .until(() -> sweep.progress().state() == SweepState.COMPLETE);

        new Oracle(server).check(sweep);
        forks.alive().forEach(fork -> fork.signal("TERM"));
        forks.alive().forEach(Forks.Fork::exitCode);
        until().untilAsserted(() -> assertThat(left()).isEmpty());
        new Oracle(server).clean(jobmon, sweep);
    }

    private boolean killAChildOf(Forks.Fork monitor) {
        ProcessHandle process = monitor.process().toHandle();
        List<Long> children = new ArrayList<>(Forks.childJvms(process));
        children.addAll(Forks.training(process));
        if (children.isEmpty()) {
            return false;
        }
        Forks.signal(children.get(random.nextInt(children.size())), random.nextInt(8) == 0 ? "STOP" : "KILL");
        return true;
    }

    /** What runs with the folder of this test in its environment or command line. */
    private List<String> left() throws IOException {
        List<String> left = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                String said = read(process.resolve("environ")) + read(process.resolve("cmdline"));
                if (pid != ProcessHandle.current().pid() && Forks.lives(pid) && said.contains(TAG + folder)) {
                    left.add(pid + " " + read(process.resolve("cmdline")).replace('\0', ' '));
                }
            }
        }
        return left;
    }

    private static final String TAG = "-D" + Executions.FOLDER + "=";

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}

package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Axis;
import io.jobmon.JobMon;
import io.jobmon.JobMonOptions;
import io.jobmon.ParamSpace;
import io.jobmon.Sweep;
import io.jobmon.SweepState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers are killed while they work: nothing is lost, nothing counts twice, nobody innocent is blamed. */
class WorkerKillIT {

    private static final Duration LIMIT = Duration.ofSeconds(150);
    private static final int WORKERS = 3;
    private static final int SLOTS = 2;

    @TempDir
    private Path folder;

    private TestServer server;
    private Forks forks;
    private JobMon jobmon;
    private final Random random = new Random(1);

    @BeforeEach
    void begin() throws Exception {
        Executions.in(folder);
        server = TestServer.forgetful(folder);
        forks = new Forks(folder);
        jobmon = JobMon.connect(JobMonOptions.redis(server.uri()).heartbeat(Duration.ofMillis(200)));
    }

    @AfterEach
    void end() {
        jobmon.close();
        forks.close();
        server.close();
    }

    @Test
    void should_give_each_experiment_one_result_when_workers_are_killed() throws Exception {
        Sweep<Sampling.Params, Sampling.Outcome> sweep = jobmon.post(new Sampling())
                .seed(7)
                .sweep(ParamSpace.grid().axis("i", Axis.range(0, 799, 1)).axis("millis", Axis.range(1, 5, 1)));

        int kills = killUntilComplete(sweep, 8);

        assertThat(kills).isGreaterThanOrEqualTo(4);
        new Oracle(server).check(sweep);
        assertThat(sweep.failures().total()).as(sweep.failures().toString()).isZero();
        assertThat(csv(sweep)).isEqualTo(undisturbed());
        new Oracle(server).clean(jobmon, sweep);
    }

    private String csv(Sweep<?, ?> sweep) throws Exception {
        Path file = Files.createTempFile(folder, "results", ".csv");
        sweep.results().writeCsv(file);
        return Files.readString(file);
    }

    private String undisturbed() throws Exception {
        try (JobMon alone = JobMon.local(8)) {
            Sweep<Sampling.Params, Sampling.Outcome> sweep = alone.post(new Sampling())
                    .seed(7)
                    .sweep(ParamSpace.grid().axis("i", Axis.range(0, 799, 1)).axis("millis", Axis.range(1, 5, 1)));
            sweep.await();
            return csv(sweep);
        }
    }

    @Test
    void should_give_each_experiment_one_result_when_workers_with_sealed_blocks_are_killed() throws Exception {
        Sweep<Adding.Params, Adding.Outcome> sweep = jobmon.post(new Adding())
                .sweep(ParamSpace.grid().axis("a", Axis.range(0, 999, 1)).axis("b", Axis.range(0, 999, 1)));

        int kills = killUntilComplete(sweep, 5);

        assertThat(kills).isPositive();
        new Oracle(server).check(sweep);
        assertThat(sweep.failures().total()).as(sweep.failures().toString()).isZero();
        assertThat(sweep.results().stream())
                .allMatch(result -> result.value().sum()
                        == result.params().a() + result.params().b());
        assertThat((long) server.ask(redis -> redis.exists("jobmon:{" + sweep.id() + "}:b:100")))
                .isOne();
        new Oracle(server).clean(jobmon, sweep);
    }

    private int killUntilComplete(Sweep<?, ?> sweep, int most) throws Exception {
        for (int k = 0; k < WORKERS; k++) {
            forks.worker(server, SLOTS);
        }
        int kills = 0;
        while (!sweep.await(Duration.ofMillis(100)) && kills < most) {
            if (killOneOf(sweep)) {
                kills++;
                forks.worker(server, SLOTS);
            }
        }
        Awaitility.await().atMost(LIMIT).until(() -> sweep.progress().state() == SweepState.COMPLETE);
        return kills;
    }

    /** Kills a worker that runs something, but none that runs a suspect: a third loss is the end, by design. */
    private boolean killOneOf(Sweep<?, ?> sweep) {
        List<Forks.Fork> busy = new ArrayList<>();
        for (Forks.Fork fork : forks.alive()) {
            if (!claims(sweep, fork).isEmpty()) {
                busy.add(fork);
            }
        }
        if (busy.isEmpty()) {
            return false;
        }
        Forks.Fork victim = busy.get(random.nextInt(busy.size()));
        victim.signal("STOP");
        List<String> claims = claims(sweep, victim);
        if (claims.isEmpty() || claims.stream().anyMatch(claim -> claim.split("\\|", -1)[2].equals("S"))) {
            victim.signal("CONT");
            return false;
        }
        victim.kill();
        return true;
    }

    private List<String> claims(Sweep<?, ?> sweep, Forks.Fork fork) {
        return server.ask(redis -> redis.hvals("jobmon:{" + sweep.id() + "}:claims")).stream()
                .filter(claim -> claim.contains("-" + fork.pid() + "-"))
                .toList();
    }
}

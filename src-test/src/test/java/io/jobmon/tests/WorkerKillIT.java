package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Axis;
import io.jobmon.ParamSpace;
import io.jobmon.Sweep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Workers are killed while they work: nothing is lost, nothing counts twice, nobody innocent is blamed. */
class WorkerKillIT extends FaultCase {

    private static final int WORKERS = 3;
    private static final int SLOTS = 2;

    private final Random random = new Random(1);

    @Test
    void should_give_each_experiment_one_result_when_workers_are_killed() throws Exception {
        Sweep<?, ?> sweep = jobmon.post(new Sampling()).seed(7).sweep(samples(800));

        int kills = killUntilComplete(sweep, 8);

        assertThat(kills).isGreaterThanOrEqualTo(4);
        new Oracle(server).check(sweep);
        assertThat(sweep.failures().total()).as(sweep.failures().toString()).isZero();
        assertThat(csv(sweep)).isEqualTo(undisturbed(800));
        new Oracle(server).clean(jobmon, sweep);
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
        String[] sealed = IntStream.range(0, (int) (sweep.size() / 128))
                .mapToObj(block -> key(sweep, "b:" + block))
                .toArray(String[]::new);
        assertThat((long) server.ask(redis -> redis.exists(sealed)))
                .as("sealed blocks")
                .isPositive();
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
        complete(sweep);
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
}

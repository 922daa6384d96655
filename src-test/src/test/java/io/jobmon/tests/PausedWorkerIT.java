package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Axis;
import io.jobmon.ParamSpace;
import io.jobmon.Sweep;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A worker stands still for longer than its lease: a laptop's lid, a long swap. */
class PausedWorkerIT extends FaultCase {

    @Test
    void should_keep_the_first_outcome_when_a_paused_worker_comes_back() throws Exception {
        Sweep<?, ?> sweep = jobmon.post(new Sampling())
                .seed(7)
                .sweep(ParamSpace.grid().axis("i", Axis.range(0, 19, 1)).axis("millis", 400));
        Forks.Fork paused = forks.worker(server, 4);
        awaitClaim(sweep, paused);
        until().until(() -> Executions.total() >= 4);
        paused.signal("STOP");
        Forks.Fork other = forks.worker(server, 4);
        complete(sweep);
        String before = csv(sweep);
        long dropped = dropped(sweep);
        assertThat(Executions.total()).as("some ran twice").isGreaterThan(20);

        paused.signal("CONT");

        until().alias(paused.output()).until(() -> dropped(sweep) > dropped);
        new Oracle(server).check(sweep);
        assertThat(csv(sweep)).isEqualTo(before);
        assertThat(sweep.failures().total()).isZero();
        assertThat(paused.process().isAlive() && other.process().isAlive()).isTrue();
    }

    private long dropped(Sweep<?, ?> sweep) {
        String dropped = server.ask(redis -> redis.hget(key(sweep, "meta"), "dropped"));
        return dropped == null ? 0 : Long.parseLong(dropped);
    }

    @Test
    void should_take_losses_back_when_a_paused_worker_comes_back_before_they_are_run_again() throws Exception {
        Sweep<?, ?> sweep = jobmon.post(new Moody())
                .sweep(ParamSpace.grid().axis("mood", Moody.Mood.ASLEEP).axis("i", 1, 2));
        Forks.Fork paused = forks.worker(server, 1);
        awaitClaim(sweep, paused);
        Forks.Fork other = forks.worker(server, 1);
        awaitClaim(sweep, other);
        paused.signal("STOP");
        until().until(() -> server.ask(redis -> redis.exists(key(sweep, "lost"))) == 1);
        List<String> attempts = server.ask(redis -> redis.hvals(key(sweep, "att")));
        assertThat(attempts).singleElement().asString().contains("|1|");

        paused.signal("CONT");

        until().until(() -> server.ask(redis -> redis.exists(key(sweep, "lost"))) == 0);
        assertThat((long) server.ask(redis -> redis.exists(key(sweep, "att"))))
                .as("losses")
                .isZero();
    }
}

package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobmon.Axis;
import io.jobmon.FailureRegion;
import io.jobmon.Failures;
import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.ParamSpace;
import io.jobmon.Posting;
import io.jobmon.Sweep;
import io.jobmon.SweepState;
import io.jobmon.Worker;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Failures worth reading, and sweeps that stop when there are too many. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FailuresTest {

    private OwnRedis server;
    private JobMon jobmon;

    @BeforeEach
    void open() {
        server = OwnRedis.start();
        jobmon = JobMon.connect(server.uri());
        Solving.heal(false);
    }

    @AfterEach
    void close() {
        jobmon.close();
        server.close();
    }

    private Posting<Solving.Params, Integer> post() {
        return jobmon.post(new Solving()).attempts(1);
    }

    private static ParamSpace space(int xs) {
        return ParamSpace.grid()
                .axis("n", 10, 100, 1000, 10_000)
                .axis("method", "CG", "LU", "QR")
                .axis("x", Axis.range(1, xs, 1));
    }

    private Worker worker() {
        return jobmon.worker().job(new Solving()).slots(2).start();
    }

    @Test
    void should_say_where_when_and_how_to_replay_when_experiments_fail() {
        Instant before = Instant.now().minusSeconds(5);
        Sweep<Solving.Params, Integer> sweep = post().replicates(2).sweep(space(50));
        try (Worker worker = worker()) {
            sweep.await();
        }
        Failures failures = sweep.failures();

        assertThat(failures.total()).isEqualTo(2 * (2 * 50 + 3 * 5));
        assertThat(failures.succeeded()).isEqualTo(sweep.size() - failures.total());
        assertThat(failures.groups()).hasSize(2);
        Failures.Group pivots = failures.groups().get(0);
        assertThat(pivots.count()).isEqualTo(200);
        assertThat(pivots.region().map(FailureRegion::toString))
                .contains("all 200 have n >= 1000 and method = LU, and none of 970 successes");
        assertThat(pivots.smallest().index()).isEqualTo(350);
        assertThat(pivots.smallest().point().getLong("n")).isEqualTo(1000);
        assertThat(pivots.first()).isBetween(before, pivots.last());
        assertThat(pivots.last()).isBefore(Instant.now().plusSeconds(5));
        assertThat(failures.groups().get(1).cause().type()).isEqualTo("java.lang.ArithmeticException");
        assertThat(failures.toString())
                .startsWith("230 failures in 2 groups\n  200 x java.lang.IllegalStateException: pivot ")
                .contains("sweep.replay(350) runs one here: n=1000, method=LU, x=1, replicate 0");
        assertThatThrownBy(() -> sweep.replay(350)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void should_pause_at_the_limit_and_go_on_with_a_higher_one() {
        Sweep<Solving.Params, Integer> sweep = post().stopAfterFailures(20).sweep(space(20_000));
        try (Worker worker = worker()) {
            assertThatThrownBy(sweep::await)
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("is paused: ")
                    .hasMessageContaining("experiments have failed for good; the limit is stopAfterFailures(20)")
                    .hasMessageContaining("most of them ")
                    .hasMessageContaining(" x java.lang.ArithmeticException: no root in ")
                    .hasMessageContaining("sweep.retryFailed()")
                    .hasMessageContaining("a higher limit or with keepGoing()");
            assertThat(sweep.progress().state()).isEqualTo(SweepState.PAUSED);
            await().until(() -> sweep.progress().running() == 0);
            long dead = sweep.progress().dead();

            // The same limit changes nothing.
            post().stopAfterFailures(20).sweep(space(20_000));
            assertThatThrownBy(sweep::await).hasMessageContaining("stopAfterFailures(20)");
            assertThat(sweep.progress().dead()).isEqualTo(dead);

            post().stopAfterFailures(1_000_000).sweep(space(20_000));
            sweep.await();
        }
        assertThat(sweep.progress().dead()).isEqualTo(2 * 20_000 + 3 * 2000);
        assertThat(sweep.progress().done() + sweep.progress().dead()).isEqualTo(240_000);
    }

    @Test
    void should_pause_at_a_share_and_go_on_when_failures_are_tried_again() {
        Sweep<Solving.Params, Integer> sweep = post().stopAtFailureShare(0.05).sweep(space(20_000));
        try (Worker worker = worker()) {
            assertThatThrownBy(sweep::await)
                    .hasMessageContaining("outcomes are failures; the limit is stopAtFailureShare(0.05)");
            await().until(() -> sweep.progress().running() == 0);
            long dead = sweep.progress().dead();
            assertThat(dead).isBetween(5L, 45_999L);

            Solving.heal(true);
            assertThat(sweep.retryFailed()).isEqualTo(dead);
            sweep.await();
        }
        assertThat(sweep.progress().done()).isEqualTo(240_000);
        assertThat(sweep.failures()).hasToString("no failures");
    }

    @Test
    void should_go_on_when_posted_again_with_keep_going() {
        Sweep<Solving.Params, Integer> sweep =
                post().stopAfterFailures(1).stopAtFailureShare(1).sweep(space(20_000));
        try (Worker worker = worker()) {
            assertThatThrownBy(sweep::await).hasMessageContaining("stopAfterFailures(1)");
            post().keepGoing().sweep(space(20_000));
            sweep.await();
        }
        assertThat(sweep.progress().dead()).isEqualTo(46_000);
    }

    @Test
    void should_refuse_limits_that_make_no_sense() {
        for (double factor : new double[] {1, 0.5, -3, 0, Double.NaN, Double.POSITIVE_INFINITY, 1e10}) {
            assertThatThrownBy(() -> post().timeoutTimesMedian(factor))
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("timeoutTimesMedian is " + factor)
                    .hasMessageContaining("above 1");
        }
        for (double share : new double[] {0, -0.1, 1.0001, Double.NaN}) {
            assertThatThrownBy(() -> post().stopAtFailureShare(share))
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("stopAtFailureShare is " + share);
        }
        assertThatThrownBy(() -> post().stopAfterFailures(0)).hasMessageContaining("give at least 1");
        assertThatThrownBy(() -> post().stopAfterFailures(2).stopAfterFailures(3))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> post().timeoutTimesMedian(2).timeoutTimesMedian(3))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> post().keepGoing().stopAfterFailures(3)).hasMessageContaining("leave one");
        assertThatThrownBy(() -> post().stopAtFailureShare(0.5).keepGoing()).hasMessageContaining("leave one");
    }
}

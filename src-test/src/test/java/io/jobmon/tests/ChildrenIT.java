package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobmon.core.codec.Faults;
import io.jobmon.core.isolate.Children;
import io.jobmon.core.isolate.IsolatedAnswer;
import io.jobmon.spi.ChildSettings;
import io.jobmon.tests.Parting.Deed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Child JVMs without a worker around them: what dies before it has begun. */
@Timeout(120)
class ChildrenIT {

    private final Children children = new Children(ChildSettings.NONE, 1);
    private final Children.Nursery nursery = children.nursery();

    @AfterEach
    void end() {
        nursery.close();
        children.close();
        assertThat(childJvms()).isEmpty();
    }

    private static List<Long> childJvms() {
        return Forks.childJvms(ProcessHandle.current());
    }

    private static void kill(long pid) {
        Forks.signal(pid, "KILL");
        await().atMost(Duration.ofSeconds(30)).until(() -> !Forks.lives(pid));
    }

    private static long pid(IsolatedAnswer answer) {
        assertThat(answer).isInstanceOf(IsolatedAnswer.Result.class);
        String list = new String(((IsolatedAnswer.Result) answer).value(), StandardCharsets.UTF_8);
        return Long.parseLong(list.replaceAll("\\D", ""));
    }

    private static String failure(IsolatedAnswer answer) {
        assertThat(answer).isInstanceOf(IsolatedAnswer.Failed.class);
        return new String(((IsolatedAnswer.Failed) answer).fault().json(), StandardCharsets.UTF_8);
    }

    /** Its child was stopped before, and is killed once it was asked. */
    private static final class KilledOnceAsked extends OneTask {
        private final AtomicBoolean asked = new AtomicBoolean();
        private final long child;

        KilledOnceAsked(long child) {
            super(Deed.NOTHING);
            this.child = child;
        }

        @Override
        public Stop stop() {
            // The first thing that is looked at after the child was asked.
            if (asked.compareAndSet(false, true)) {
                kill(child);
            }
            return null;
        }
    }

    @Test
    void should_run_in_another_child_when_the_first_was_killed_before_it_began() {
        long first = pid(nursery.run(new OneTask(Deed.NOTHING)));
        Forks.signal(first, "STOP");

        long second = pid(nursery.run(new KilledOnceAsked(first)));

        assertThat(second).isNotEqualTo(first);
        assertThat(childJvms()).containsExactly(second);
    }

    /** Has no limit when it is asked for, and is over the limit that is posted then, until its child is another. */
    private static final class LimitedOnceAsked extends OneTask {
        private final AtomicInteger limits = new AtomicInteger();

        LimitedOnceAsked() {
            super(Deed.NOTHING);
        }

        @Override
        public Optional<Faults.Described> overdue(long nanos) {
            return limits.getAndIncrement() == 0
                    ? Optional.of(Faults.described("late", "late", "", false))
                    : Optional.empty();
        }
    }

    @Test
    void should_run_in_another_child_when_the_first_was_stopped_before_it_began() {
        long first = pid(nursery.run(new OneTask(Deed.NOTHING)));
        Forks.signal(first, "STOP");

        long second = pid(nursery.run(new LimitedOnceAsked()));

        assertThat(second).isNotEqualTo(first);
        assertThat(childJvms()).containsExactly(second);
    }

    /** Kills each child just before it is asked. */
    private static final class Doomed extends OneTask {
        private final AtomicInteger killed = new AtomicInteger();

        Doomed() {
            super(Deed.NOTHING);
        }

        @Override
        public boolean timed() {
            childJvms().forEach(pid -> {
                killed.incrementAndGet();
                kill(pid);
            });
            return false;
        }
    }

    @Test
    void should_fail_and_say_so_when_children_die_again_and_again_before_they_begin() {
        Doomed task = new Doomed();

        String failure = failure(nursery.run(task));

        assertThat(failure)
                .contains("3 child JVMs in a row ended before the experiment began")
                .contains("SIGKILL");
        assertThat(task.killed).hasValue(3);
    }

    /** Each of the experiments is of another sweep, of which the child is told over its standard input. */
    @ParameterizedTest
    @EnumSource(names = {"CLOSE_INPUT", "READ_INPUT"})
    void should_cost_nothing_when_an_experiment_wants_the_standard_input_of_its_jvm(Deed deed) {
        long child = pid(nursery.run(new OneTask(deed)));

        for (int i = 0; i < 5; i++) {
            assertThat(pid(nursery.run(new OneTask(Deed.NOTHING)))).isEqualTo(child);
        }
    }

    /** Its checkpoints wait for a Redis that is away. */
    private static class Waiting extends OneTask {
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch back = new CountDownLatch(1);

        Waiting() {
            super(Deed.CHECKPOINT);
        }

        @Override
        public boolean checkpoint(byte[] json) {
            asked.countDown();
            try {
                back.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return true;
        }
    }

    /** Its time is over while a checkpoint waits. */
    private static final class Overdue extends Waiting {

        @Override
        public boolean timed() {
            return true;
        }

        @Override
        public Optional<Faults.Described> overdue(long nanos) {
            return asked.getCount() == 0
                    ? Optional.of(Faults.described("late", "over its time", "", false))
                    : Optional.empty();
        }
    }

    @Test
    void should_end_by_its_timeout_when_redis_takes_no_checkpoint() {
        Overdue task = new Overdue();

        assertThat(failure(nursery.run(task))).contains("over its time");

        task.back.countDown();
    }

    @Test
    void should_go_on_when_redis_takes_a_checkpoint_late() {
        Waiting task = new Waiting();
        CompletableFuture<IsolatedAnswer> answer = CompletableFuture.supplyAsync(() -> nursery.run(task));
        await().atMost(Duration.ofSeconds(60)).until(() -> task.asked.getCount() == 0);

        task.back.countDown();

        assertThat(childJvms()).containsExactly(pid(answer.join()));
    }

    @Test
    void should_be_gone_when_all_were_closed_whoever_still_waits_for_them() {
        Waiting task = new Waiting();
        CompletableFuture<IsolatedAnswer> answer = CompletableFuture.supplyAsync(() -> nursery.run(task));
        await().atMost(Duration.ofSeconds(60)).until(() -> task.asked.getCount() == 0);
        assertThat(childJvms()).hasSize(1);

        children.close();

        assertThat(childJvms()).isEmpty();
        assertThat(failure(answer.join())).contains("SIGKILL");
        assertThat(nursery.run(new OneTask(Deed.NOTHING))).isInstanceOf(IsolatedAnswer.Cut.class);
        task.back.countDown();
    }

    @Test
    void should_fail_at_once_when_a_child_dies_of_what_it_has_begun() {
        pid(nursery.run(new OneTask(Deed.NOTHING)));

        String failure = failure(nursery.run(new OneTask(Deed.HALT)));

        assertThat(failure).contains("exit code 3").doesNotContain("in a row");
    }
}

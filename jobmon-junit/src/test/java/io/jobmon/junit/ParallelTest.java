package io.jobmon.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.Sweep;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Tests that run at the same time, and which threads are reported then. */
class ParallelTest {

    private static EngineExecutionResults run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .execute();
    }

    private static List<String> leaks(EngineExecutionResults results) {
        return results.allEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                .filter(pairs -> pairs.containsKey("jobmon.leak"))
                .map(pairs -> pairs.get("jobmon.leak"))
                .toList();
    }

    private static void requireSuccess(EngineExecutionResults results, int tests) {
        results.allEvents().assertStatistics(statistics -> statistics.failed(0));
        results.testEvents().assertStatistics(statistics -> statistics.succeeded(tests));
    }

    @JobMonTest(slots = 1)
    static class SideBySide {
        private static final CyclicBarrier ALL_OPEN = new CyclicBarrier(4);

        private static void measure(JobMon jobmon, int batch) throws Exception {
            ALL_OPEN.await(60, TimeUnit.SECONDS);
            Sweep<Noise.Params, Noise.Outcome> sweep = jobmon.post(new Noise()).run(new Noise.Params(batch, batch), 50);
            sweep.await();
            assertThat(sweep.results())
                    .hasSize(50)
                    .allMatch(result -> result.value().exact() == batch);
            assertThat(jobmon.jobs()).hasSize(1);
            assertThat(jobmon.jobs().get(0).sweeps())
                    .extracting(line -> line.id())
                    .containsExactly(sweep.id());
        }

        @Test
        void one(JobMon jobmon) throws Exception {
            measure(jobmon, 1);
        }

        @Test
        void two(JobMon jobmon) throws Exception {
            measure(jobmon, 2);
        }

        @Test
        void three(JobMon jobmon) throws Exception {
            measure(jobmon, 3);
        }

        @Test
        void four(JobMon jobmon) throws Exception {
            measure(jobmon, 4);
        }
    }

    @Test
    void should_give_each_test_its_own_sweeps_when_they_run_at_the_same_time() {
        EngineExecutionResults results = run(SideBySide.class);
        requireSuccess(results, 4);
        assertThat(leaks(results)).isEmpty();
    }

    /** Waits for the quick test, of which all has ended. */
    static final class Waiting implements Job<Integer, Integer> {
        @Override
        public Integer run(Integer x, Experiment experiment) throws Exception {
            return Uneven.QUICK_ENDED.await(60, TimeUnit.SECONDS) ? x : -1;
        }
    }

    /** Is called after the extension of JobMon has cleared up. */
    static final class Ended implements AfterEachCallback {
        @Override
        public void afterEach(ExtensionContext context) {
            if (context.getRequiredTestMethod().getName().equals("quick")) {
                Uneven.quickNanos = System.nanoTime() - Uneven.quickNanos;
                Uneven.QUICK_ENDED.countDown();
            }
        }
    }

    @ExtendWith(Ended.class)
    @JobMonTest(slots = 2)
    static class Uneven {
        private static final CountDownLatch QUICK_OPEN = new CountDownLatch(1);
        private static final CountDownLatch SLOW_RUNS = new CountDownLatch(1);
        private static final CountDownLatch QUICK_ENDED = new CountDownLatch(1);
        private static volatile long quickNanos;

        @Test
        void quick(JobMon jobmon) throws Exception {
            QUICK_OPEN.countDown();
            jobmon.post(new Noise()).run(new Noise.Params(1, 1), 4).await();
            assertThat(SLOW_RUNS.await(60, TimeUnit.SECONDS)).isTrue();
            quickNanos = System.nanoTime();
        }

        @Test
        void slow(JobMon jobmon) throws Exception {
            assertThat(QUICK_OPEN.await(60, TimeUnit.SECONDS)).isTrue();
            Sweep<Integer, Integer> sweep = jobmon.post(new Waiting()).sweep("value", 1, 2);
            while (jobmon.jobs().get(0).running() < 2) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            SLOW_RUNS.countDown();
            sweep.await();
            assertThat(sweep.results()).extracting(result -> result.value()).containsExactlyInAnyOrder(1, 2);
        }
    }

    @Test
    void should_not_take_the_threads_of_another_test_for_a_leak_when_it_runs_longer() {
        EngineExecutionResults results = run(Uneven.class);
        requireSuccess(results, 2);
        assertThat(leaks(results)).isEmpty();
        assertThat(Uneven.quickNanos).as("nor wait for them").isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    @JobMonTest(slots = 1)
    static class Forgetful {
        private static final CountDownLatch END = new CountDownLatch(1);

        @Test
        void forgets(JobMon jobmon) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            END.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "jobmon-planted-1");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @JobMonTest(slots = 1)
    static class ForgetfulCrowd {
        private static final CyclicBarrier BOTH = new CyclicBarrier(2);

        @Test
        void forgets(JobMon jobmon) throws Exception {
            new Forgetful().forgets(jobmon);
            BOTH.await(60, TimeUnit.SECONDS);
        }

        @Test
        void remembers(JobMon jobmon) throws Exception {
            BOTH.await(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void should_report_a_thread_once_when_it_does_not_end() {
        try {
            EngineExecutionResults alone = run(Forgetful.class);
            requireSuccess(alone, 1);
            assertThat(leaks(alone)).containsExactly("thread jobmon-planted-1");

            EngineExecutionResults crowd = run(ForgetfulCrowd.class);
            requireSuccess(crowd, 2);
            assertThat(leaks(crowd))
                    .as("the thread that was there before is not counted")
                    .containsExactly("thread jobmon-planted-1, of one of the tests that ran at the same time");
        } finally {
            Forgetful.END.countDown();
        }
    }
}

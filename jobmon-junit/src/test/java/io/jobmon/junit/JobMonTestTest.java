package io.jobmon.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.jobmon.Axis;
import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.JobMonOptions;
import io.jobmon.ParamSpace;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import io.jobmon.core.local.EmbeddedRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The extension, seen from outside: classes of tests are run, and what JUnit reports is looked at. */
class JobMonTestTest {

    private static final Set<JobMon> SEEN = ConcurrentHashMap.newKeySet();

    private static EngineExecutionResults run(Class<?> tests, String... parameters) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter").selectors(selectClass(tests));
        for (int k = 0; k < parameters.length; k += 2) {
            kit.configurationParameter(parameters[k], parameters[k + 1]);
        }
        return kit.execute();
    }

    private static List<String> failures(EngineExecutionResults results) {
        return results.allEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .map(Throwable::getMessage)
                        .orElse(""))
                .toList();
    }

    @JobMonTest(slots = 2)
    static class Plain {
        @BeforeEach
        void before(JobMon jobmon) {
            SEEN.add(jobmon);
        }

        @Test
        void one(JobMon jobmon) {
            SEEN.add(jobmon);
            assertThat(jobmon.jobs()).isEmpty();
            jobmon.post(new Noise()).run(new Noise.Params(1, 1), 5).await();
            assertThat(jobmon.jobs()).hasSize(1);
        }

        @Test
        void two(JobMon jobmon) {
            one(jobmon);
        }

        @AfterEach
        void after(JobMon jobmon) {
            SEEN.add(jobmon);
        }
    }

    @Test
    void should_give_each_test_one_of_its_own_and_its_hooks_the_same() {
        SEEN.clear();
        EngineExecutionResults results = run(Plain.class);
        assertThat(failures(results)).isEmpty();
        assertThat(results.testEvents().succeeded().count()).isEqualTo(2);
        assertThat(SEEN).hasSize(2);
    }

    static final class Endless implements Job<Integer, Integer> {
        @Override
        public Integer run(Integer x, Experiment experiment) throws Exception {
            new CountDownLatch(1).await();
            return x;
        }
    }

    @JobMonTest(slots = 1)
    static class Leaking {
        @Test
        void leaks(JobMon jobmon) {
            jobmon.post(new Endless()).sweep("value", 1, 2);
        }

        @Test
        void cancels(JobMon jobmon) {
            jobmon.post(new Endless()).sweep("value", 1, 2).cancel();
        }
    }

    @Test
    void should_fail_a_test_that_leaves_a_sweep_running() {
        EngineExecutionResults results = run(Leaking.class);
        assertThat(failures(results))
                .singleElement()
                .asString()
                .contains("left sweeps running")
                .contains("of Endless, 2 experiments");
        assertThat(results.allEvents()
                        .reportingEntryPublished()
                        .map(event -> event.getRequiredPayload(ReportEntry.class)
                                .getKeyValuePairs()
                                .getOrDefault("jobmon.leak", "")))
                .singleElement()
                .asString()
                .startsWith("sweep left running: ")
                .contains("of Endless, 2 experiments");
        assertThat(results.testEvents().succeeded().count()).isEqualTo(1);
    }

    @JobMonTest(slots = 2)
    static class Factory {
        @TestFactory
        Stream<DynamicTest> experiments(JobMon jobmon) {
            Sweep<Noise.Params, Noise.Outcome> sweep = jobmon.post(new Noise())
                    .attempts(1)
                    .replicates(2)
                    .sweep(ParamSpace.grid().axis("mu", 2.5).axis("batch", Axis.range(11, 14, 1)));
            return SweepTests.perExperiment(sweep, result -> {
                if (result.params().batch() == 12 && result.replicate() == 1) {
                    throw new IOException("planted");
                }
                assertThat(result.value().exact()).isEqualTo(2.5);
            });
        }

        @TestFactory
        Stream<DynamicTest> points(JobMon jobmon) {
            Sweep<Noise.Params, Noise.Outcome> sweep = jobmon.post(new Noise())
                    .attempts(1)
                    .replicates(3)
                    .sweep(ParamSpace.grid().axis("mu", 2.5).axis("batch", Axis.range(11, 14, 1)));
            return SweepTests.perPoint(sweep, (point, results) -> {
                assertThat(results).extracting(result -> result.replicate()).containsExactly(0, 1, 2);
                assertThat(results).allMatch(result -> result.params().batch() == point.getLong("batch"));
                assertThat(point.getLong("batch")).isNotEqualTo(11);
            });
        }
    }

    @Test
    void should_name_each_experiment_and_say_how_to_run_it_again() {
        EngineExecutionResults results = run(Factory.class);
        List<String> names = results.testEvents().started().stream()
                .map(Event::getTestDescriptor)
                .map(descriptor -> descriptor.getDisplayName())
                .toList();
        assertThat(names.stream().filter(name -> name.contains("seed")))
                .hasSize(8)
                .allMatch(name -> name.matches("#\\d mu=2\\.5, batch=1\\d, replicate [01], seed -?\\d+"))
                .isSorted();
        assertThat(names.stream().filter(name -> name.contains("3 replicates")))
                .containsExactly(
                        "#0 mu=2.5, batch=11, 3 replicates",
                        "#1 mu=2.5, batch=12, 3 replicates",
                        "#2 mu=2.5, batch=13, 3 replicates",
                        "#3 mu=2.5, batch=14, 3 replicates");
        List<String> failures = failures(results);
        assertThat(failures).hasSize(5);
        assertThat(failures)
                .filteredOn(text -> text.contains("planted"))
                .singleElement()
                .asString()
                .startsWith("#5 mu=2.5, batch=12, replicate 1, seed ")
                .endsWith("sweep.replay(5) runs it here");
        assertThat(failures)
                .filteredOn(text -> text.contains("batch 13 is forbidden"))
                .hasSize(3)
                .allMatch(text -> text.contains("failed for good after 1 attempts"));
        assertThat(failures)
                .filteredOn(text -> text.startsWith("#0 mu=2.5, batch=11, 3 replicates: "))
                .hasSize(1);
    }

    @JobMonTest
    static class Shared {
        @Test
        void posts(JobMon jobmon) {
            jobmon.post(new Noise()).seed(5).run(new Noise.Params(1, 1), 4).await();
        }
    }

    @Test
    void should_use_a_server_and_delete_its_own_sweeps_alone() {
        try (EmbeddedRedis redis = EmbeddedRedis.start(null);
                JobMon other = JobMon.connect(JobMonOptions.redis(redis.uri()).namespace("junit"));
                Worker worker = other.worker().job(new Noise()).slots(2).start()) {
            Sweep<?, ?> kept = other.post(new Noise()).run(new Noise.Params(2, 2), 3);
            kept.await();
            EngineExecutionResults results = run(Shared.class, "jobmon.redis", redis.uri());
            assertThat(failures(results)).isEmpty();
            assertThat(other.jobs()).hasSize(1);
            assertThat(other.jobs().get(0).sweeps())
                    .extracting(line -> line.id())
                    .containsExactly(kept.id());
            assertThat(kept.results()).hasSize(3);
        }
    }

    @Test
    void should_fail_a_test_when_the_server_has_no_worker_for_as_long_as_it_may() {
        try (EmbeddedRedis redis = EmbeddedRedis.start(null);
                JobMon other = JobMon.connect(JobMonOptions.redis(redis.uri()).namespace("junit"))) {
            long begun = System.nanoTime();
            EngineExecutionResults results =
                    run(Shared.class, "jobmon.redis", redis.uri(), "jobmon.workers.patience", "PT1S");

            assertThat(failures(results))
                    .singleElement()
                    .asString()
                    .contains("Nobody can run the sweep")
                    .contains("no worker holds Noise");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
            assertThat(other.jobs())
                    .as("what it posted is gone")
                    .allMatch(job -> job.sweeps().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "60", "PT0.5S", "-PT1M"})
    void should_say_how_long_a_server_may_have_no_worker_is_written_when_it_is_wrong(String patience) {
        EngineExecutionResults results =
                run(Shared.class, "jobmon.redis", "redis://127.0.0.1:1", "jobmon.workers.patience", patience);

        assertThat(failures(results))
                .singleElement()
                .asString()
                .contains("jobmon.workers.patience is '" + patience + "'; give at least a second");
    }
}

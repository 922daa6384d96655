package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Axis;
import io.jobmon.CommandJob;
import io.jobmon.Experiment;
import io.jobmon.Isolation;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.Posting;
import io.jobmon.Result;
import io.jobmon.Sweep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ground truth of an experiment, from where it is told to where it is read. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class GroundTest {

    /** Where experiments run. */
    enum Kind {
        THREAD,
        PROCESS,
        COMMAND
    }

    record Truth(int value, int attempt, String execution) {}

    /** Tells its ground truth, and succeeds at attempt value + 1. */
    static final class Telling implements Job<Integer, Integer> {
        @Override
        public Integer run(Integer value, Experiment experiment) {
            experiment.ground("replaced");
            experiment.ground(new Truth(value, experiment.attempt(), experiment.executionId()));
            if (experiment.attempt() <= value) {
                throw new IllegalStateException("not yet");
            }
            return value;
        }
    }

    /** Tells a text of so many characters: two bytes more as JSON. */
    static final class Lengthy implements Job<Integer, Integer> {
        @Override
        public Integer run(Integer value, Experiment experiment) {
            experiment.ground("x".repeat(value));
            return value;
        }
    }

    /** Tells one at every hundredth index. */
    static final class Rare implements Job<Integer, Integer> {
        @Override
        public Integer run(Integer value, Experiment experiment) {
            if (value % 100 == 0) {
                experiment.ground(value);
            }
            return value;
        }
    }

    private JobMon jobmon;

    @BeforeEach
    void open() {
        jobmon = JobMon.local(2);
    }

    @AfterEach
    void close() {
        jobmon.close();
    }

    private static CommandJob<Integer> command(String name, String script) {
        return CommandJob.of(name, "sh", "-c", script).outcome(Integer.class);
    }

    private Posting<?, Integer> telling(Kind kind) {
        return post(
                kind,
                new Telling(),
                command(
                        "telling",
                        "v=$JOBMON_PARAM_value a=$JOBMON_ATTEMPT; printf '{{\"value\": %s, \"attempt\": %s,"
                                + " \"execution\": \"%s\"}}' $v $a $JOBMON_EXECUTION_ID > ground.json; test $a -gt $v"
                                + " && echo $v"));
    }

    private Posting<?, Integer> post(Kind kind, Job<Integer, Integer> job, CommandJob<Integer> command) {
        Posting<?, Integer> posting = switch (kind) {
            case THREAD -> jobmon.post(job);
            case PROCESS -> jobmon.post(job).isolation(Isolation.PROCESS.maxHeap("64m"));
            case COMMAND -> jobmon.post(command);
        };
        return posting.backoff(Duration.ZERO);
    }

    private static Map<Integer, Truth> truths(Sweep<?, Integer> sweep) {
        return sweep.results().stream()
                .map(result -> result.ground(Truth.class).orElseThrow())
                .collect(Collectors.toMap(Truth::value, Function.identity()));
    }

    @ParameterizedTest
    @EnumSource
    void should_be_that_of_the_attempt_that_succeeded_when_others_failed_in(Kind kind) {
        Sweep<?, Integer> sweep = telling(kind).attempts(3).sweep("value", 0, 1, 2, 5);
        sweep.await();

        Map<Integer, Truth> truths = truths(sweep);
        assertThat(truths).containsOnlyKeys(0, 1, 2);
        assertThat(truths.values()).allMatch(truth -> truth.attempt() == truth.value() + 1);
        assertThat(truths.values())
                .extracting(Truth::execution)
                .doesNotHaveDuplicates()
                .doesNotContain("");
        try (Stream<? extends Result<?, Integer>> all = sweep.stream()) {
            assertThat(all.filter(result -> !result.succeeded()))
                    .singleElement()
                    .satisfies(result -> assertThat(result.ground(Truth.class)).isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_come_along_when_a_sweep_is_extended_in(Kind kind) {
        Sweep<?, Integer> first = telling(kind).sweep("value", 0, 1);
        first.await();
        Sweep<?, Integer> longer = telling(kind).sweep("value", 2, 1, 0);
        longer.await();

        assertThat(longer.id()).isNotEqualTo(first.id());
        assertThat(truths(longer)).containsOnlyKeys(0, 1, 2).containsAllEntriesOf(truths(first));
        assertThat(longer.results().stream()
                        .map(result -> result.ground(Truth.class).orElseThrow().value()))
                .containsExactly(2, 1, 0);
    }

    @ParameterizedTest
    @EnumSource
    void should_be_refused_above_256_kib_and_not_at_it_in(Kind kind) {
        CommandJob<Integer> command = command(
                "long",
                "{{ printf '\"'; head -c $JOBMON_PARAM_value /dev/zero | tr '\\0' x; printf '\"'; }} > ground.json; echo"
                        + " $JOBMON_PARAM_value");
        int limit = 256 * 1024;
        Sweep<?, Integer> sweep = post(kind, new Lengthy(), command).attempts(3).sweep("value", limit - 2, limit - 1);
        sweep.await();

        assertThat(sweep.results().stream().toList())
                .singleElement()
                .satisfies(result ->
                        assertThat(result.ground(String.class).orElseThrow()).hasSize(limit - 2));
        assertThat(sweep.failures().groups()).singleElement().satisfies(group -> {
            assertThat(group.cause().message()).contains("262,145 bytes").contains("262,144");
            assertThat(group.examples()).containsExactly(1L);
        });
    }

    @Test
    void should_stay_with_its_experiment_when_many_short_ones_have_none() {
        Sweep<Integer, Integer> sweep = jobmon.post(new Rare()).sweep("value", Axis.range(0, 9999, 1));
        sweep.await();

        List<Result<Integer, Integer>> results = sweep.results().stream().toList();
        assertThat(results).hasSize(10_000);
        assertThat(results.stream()
                        .filter(result -> result.ground(Integer.class).isPresent()))
                .hasSize(100)
                .allMatch(result -> result.ground(Integer.class).orElseThrow().equals(result.value()));
    }
}

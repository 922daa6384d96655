package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Experiment;
import io.jobmon.Failure;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.Result;
import io.jobmon.Sweep;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a job does, it costs that experiment and nothing else. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HostileJobTest {

    private static final int MEGABYTES_10 = 10 << 20;

    private static JobMon jobmon;

    @BeforeAll
    static void open() {
        jobmon = JobMon.local(2);
    }

    @AfterAll
    static void close() {
        jobmon.close();
    }

    enum Deed {
        NOTHING("", ""),
        NULL("OutcomeException", "null"),
        UNSERIALISABLE("OutcomeException", "java.lang.Object"),
        CYCLIC("OutcomeException", "contains itself"),
        LARGE("OutcomeException", "262,144"),
        GETTER_THROWS("OutcomeException", "no getter today"),
        LONG_MESSAGE("IllegalStateException", "mmm"),
        EMOJI_MESSAGE("IllegalStateException", "\uD83E\uDD80"),
        HAN_MESSAGE("IllegalStateException", "\u6F22"),
        CONTROL_MESSAGE("IllegalStateException", "\u0001"),
        HALF_MESSAGE("IllegalStateException", "half"),
        NO_MESSAGE("IllegalStateException", ""),
        CYCLIC_CAUSES("IllegalStateException", "first"),
        HOSTILE_THROWABLE("HostileJobTest$Hostile", "getMessage() threw"),
        LARGE_GROUND("OutcomeException", "262,144"),
        LARGE_CHECKPOINT("OutcomeException", "1,048,576"),
        STACK_OVERFLOW("StackOverflowError", ""),
        OUT_OF_MEMORY("OutOfMemoryError", ""),
        LINKAGE("NoClassDefFoundError", "org/example/Missing"),
        INTERRUPTED("InterruptedException", "itself"),
        THREAD_DEATH("ThreadDeath", "");

        final String type;
        final String message;

        Deed(String type, String message) {
            this.type = type;
            this.message = message;
        }
    }

    record Params(Deed deed, int k) {}

    static final class Trap {
        public void setValue(String value) {}

        public String getValue() {
            throw new IllegalStateException("no getter today");
        }
    }

    static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("not even a message");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("not even a text");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("not even a cause");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("not even a stack");
        }
    }

    static final class Doing implements Job<Params, Map<String, Object>> {
        @Override
        @SuppressWarnings({"removal", "deprecation"})
        public Map<String, Object> run(Params params, Experiment experiment) throws Exception {
            Map<String, Object> outcome = new HashMap<>();
            switch (params.deed()) {
                case NULL -> {
                    return null;
                }
                case UNSERIALISABLE -> outcome.put("object", new Object());
                case CYCLIC -> outcome.put("self", outcome);
                case LARGE -> outcome.put("text", "x".repeat(MEGABYTES_10));
                case GETTER_THROWS -> outcome.put("trap", new Trap());
                case LONG_MESSAGE -> throw new IllegalStateException("m".repeat(MEGABYTES_10));
                case EMOJI_MESSAGE ->
                    throw new IllegalStateException(
                            "\uD83E\uDD80".repeat(MEGABYTES_10),
                            new IllegalStateException("\uD83E\uDD80".repeat(5000)));
                case HAN_MESSAGE ->
                    throw new IllegalStateException(
                            "\u6F22".repeat(MEGABYTES_10), new IllegalStateException("\u6F22".repeat(5000)));
                case CONTROL_MESSAGE ->
                    throw new IllegalStateException(
                            "\u0001".repeat(100_000), new IllegalStateException("\u0002".repeat(5000)));
                case HALF_MESSAGE -> throw new IllegalStateException("half \uD83E");
                case NO_MESSAGE -> throw new IllegalStateException();
                case CYCLIC_CAUSES -> {
                    IllegalStateException first = new IllegalStateException("first");
                    first.initCause(new IllegalStateException("second", first));
                    throw first;
                }
                case HOSTILE_THROWABLE -> throw new Hostile();
                case LARGE_GROUND -> experiment.ground("x".repeat(MEGABYTES_10));
                case LARGE_CHECKPOINT -> experiment.checkpoint("x".repeat(MEGABYTES_10));
                case STACK_OVERFLOW -> outcome.put("depth", deeper(0));
                case OUT_OF_MEMORY -> outcome.put("size", new long[Integer.MAX_VALUE].length);
                case LINKAGE -> throw new NoClassDefFoundError("org/example/Missing");
                case INTERRUPTED -> {
                    Thread.currentThread().interrupt();
                    throw new InterruptedException("itself");
                }
                case THREAD_DEATH -> throw new ThreadDeath();
                case NOTHING -> Thread.currentThread().interrupt();
            }
            outcome.put("k", params.k());
            return outcome;
        }

        private static int deeper(int depth) {
            return depth < 0 ? 0 : deeper(depth + 1) + 1;
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_cost_one_experiment_when_it_does(Deed deed) {
        List<Params> points = new ArrayList<>();
        for (int k = 0; k < 40; k++) {
            points.add(new Params(k == 20 ? deed : Deed.NOTHING, k));
        }
        Sweep<Params, Map<String, Object>> sweep =
                jobmon.post(new Doing()).seed(deed.ordinal()).attempts(1).sweep(points);
        sweep.await();

        if (deed == Deed.NOTHING) {
            assertThat(sweep.results()).hasSize(40);
            return;
        }
        assertThat(sweep.results()).hasSize(39).noneMatch(result -> result.index() == 20);
        assertThat(sweep.failures().total()).isEqualTo(1);
        Failure failure = sweep.failures().groups().get(0).cause();
        assertThat(failure.type()).endsWith(deed.type);
        assertThat(failure.message()).contains(deed.message);
        assertThat((failure.type() + failure.message() + failure.stack()).getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(4096);
        assertThat(sweep.failures().groups().get(0).examples()).containsExactly(20L);
    }

    @Test
    void should_not_try_again_when_it_cannot_get_better() {
        for (Deed deed : new Deed[] {Deed.NULL, Deed.UNSERIALISABLE, Deed.CYCLIC, Deed.LARGE, Deed.GETTER_THROWS}) {
            Sweep<Params, Map<String, Object>> sweep = jobmon.post(new Doing())
                    .seed(100)
                    .attempts(3)
                    .backoff(Duration.ofHours(1))
                    .run(new Params(deed, 1));
            sweep.await();

            try (Stream<Result<Params, Map<String, Object>>> stream = sweep.stream()) {
                assertThat(stream).extracting(Result::attempts).containsExactly(1);
            }
        }
    }

    record Positive(int x) {
        Positive {
            if (x < 0) {
                throw new IllegalArgumentException("x is negative: " + x);
            }
        }
    }

    static final class OfPositive implements Job<Positive, Integer> {
        @Override
        public Integer run(Positive params, Experiment experiment) {
            return params.x();
        }
    }

    @Test
    void should_fail_at_that_point_alone_when_parameters_refuse_their_values() {
        Sweep<Positive, Integer> sweep = jobmon.post(new OfPositive())
                .backoff(Duration.ofHours(1))
                .sweep(ParamSpace.grid().axis("x", 3, 2, 1, 0, -1, -2));
        sweep.await();

        assertThat(sweep.results()).extracting(Result::value).containsExactly(3, 2, 1, 0);
        assertThat(sweep.failures().total()).isEqualTo(2);
        assertThat(sweep.failures().toString()).contains("x is negative");
        List<Result<Positive, Integer>> all;
        try (Stream<Result<Positive, Integer>> stream = sweep.stream()) {
            all = stream.toList();
        }
        assertThat(all).hasSize(6);
        Result<Positive, Integer> bad =
                all.stream().filter(result -> result.index() == 4).findFirst().orElseThrow();
        assertThat(bad.attempts()).isEqualTo(1);
        assertThat(bad.toString()).contains("4");
        assertThatThrownBy(bad::params).hasMessageContaining("x is negative");
    }
}

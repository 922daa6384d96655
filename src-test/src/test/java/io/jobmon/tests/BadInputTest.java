package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Axis;
import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.JobMonOptions;
import io.jobmon.ParamSpace;
import io.jobmon.Posting;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import io.jobmon.tests.Jobs.Outcome;
import io.jobmon.tests.Jobs.Params;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user did wrong is refused at once, with a message that names it, and nothing is written. */
class BadInputTest {

    private static OwnRedis server;
    private static JobMon jobmon;

    @BeforeAll
    static void open() {
        server = OwnRedis.start();
        jobmon = JobMon.connect(server.uri());
    }

    @AfterAll
    static void close() {
        jobmon.close();
        server.close();
    }

    private static Posting<Params, Outcome> post() {
        return jobmon.post(new Jobs.Plain());
    }

    private static ParamSpace.Grid grid() {
        return ParamSpace.grid().axis("p", 0.5);
    }

    private static Arguments bad(String what, ThrowingCallable call, String... message) {
        return Arguments.of(what, call, List.of(message));
    }

    static Stream<Arguments> axes() {
        List<Object> withNull = new ArrayList<>(Arrays.asList(1, null));
        return Stream.of(
                bad("no values", () -> Axis.of(), "no values"),
                bad("an empty list", () -> post().sweep("p", List.of()), "'p'", "no values"),
                bad("a null axis", () -> ParamSpace.grid().axis("p", (Axis) null), "'p'", "null"),
                bad("null values", () -> ParamSpace.grid().axis("p", (Object[]) null), "'p'", "null"),
                bad("a null value", () -> ParamSpace.grid().axis("p", withNull), "'p'", "null"),
                bad("NaN", () -> ParamSpace.grid().axis("p", 1.0, Double.NaN), "'p'", "NaN", "finite"),
                bad("infinity", () -> post().sweep("p", Double.POSITIVE_INFINITY), "'p'", "Infinity", "finite"),
                bad("NaN as a bound", () -> Axis.linspace(Double.NaN, 1, 3), "NaN"),
                bad("infinity as a bound", () -> Axis.range(0, Double.POSITIVE_INFINITY, 0.5), "Infinity"),
                bad("mixed types", () -> ParamSpace.grid().axis("p", 1, "two"), "'p'", "number", "string"),
                bad("duplicates", () -> ParamSpace.grid().axis("p", 1, 2, 1.0), "'p'", "1", "twice|same|once"),
                bad("a repeated name", () -> grid().axis("p", 1), "'p'", "already"),
                bad("an empty name", () -> ParamSpace.grid().axis("", 1), "name", "empty"),
                bad("a null name", () -> ParamSpace.grid().axis(null, 1), "name"),
                bad("a name of 300 characters", () -> ParamSpace.grid().axis("x".repeat(300), 1), "300", "128"),
                bad("step 0", () -> Axis.range(0, 1, 0), "step", "0"),
                bad("step 0.0", () -> Axis.range(0.0, 1, 0.0), "step", "0"),
                bad("a step of the wrong sign", () -> Axis.range(0, 10, -1), "step", "-1"),
                bad("a step of the wrong sign", () -> Axis.range(1, 0, 0.5), "step", "0.5"),
                bad("no points in linspace", () -> Axis.linspace(0, 1, 0), "0"),
                bad("one point in linspace", () -> Axis.linspace(0, 1, 1), "1"),
                bad("logspace from 0", () -> Axis.logspace(0, 1, 3), "0"),
                bad("an object", () -> ParamSpace.grid().axis("p", new Object()), "'p'", "java.lang.Object"),
                bad("a product over 2^63", BadInputTest::huge, "2^63", "x0", "2,147,483,647"));
    }

    private static void huge() {
        ParamSpace.Grid grid = ParamSpace.grid();
        for (int i = 0; i < 3; i++) {
            grid = grid.axis("x" + i, Axis.range(1, Integer.MAX_VALUE, 1));
        }
    }

    static Stream<Arguments> spaces() {
        ParamSpace.Grid fine = grid().axis("n", 4);
        return Stream.of(
                bad("an unknown name", () -> post().sweep(fine.axis("sed", 1)), "Plain has no parameter 'sed'", "p, n"),
                bad(
                        "a misspelt name",
                        () -> jobmon.post(new Gate.Failing())
                                .sweep(ParamSpace.grid().axis("gat", "a").axis("x", 1)),
                        "Failing has no parameter 'gat'",
                        "gate, x",
                        "did you mean 'gate'"),
                bad(
                        "a missing name",
                        () -> post().sweep(grid()),
                        "The parameter n of Plain has no values",
                        "add an axis"),
                bad(
                        "text for a number",
                        () -> post().sweep(ParamSpace.grid().axis("p", "a").axis("n", 1)),
                        "'p'",
                        "\"a\""),
                bad("a fraction for an int", () -> post().sweep(grid().axis("n", 1.5)), "'n'", "1.5"),
                bad("too large for an int", () -> post().sweep(grid().axis("n", 1L << 40)), "'n'", "1099511627776"),
                bad("a null space", () -> post().sweep((ParamSpace) null), "null"),
                bad("null points", () -> post().sweep((Iterable<Params>) null), "null"),
                bad("no points", () -> post().sweep(List.of()), "no points"),
                bad("a null point", () -> post().sweep(Arrays.asList(new Params(1, 1), null)), "Point 2", "null"),
                bad(
                        "a point twice",
                        () -> post().sweep(List.of(new Params(1, 1), new Params(1, 1))),
                        "1 and 2",
                        "same"),
                bad("NaN in a point", () -> post().run(new Params(Double.NaN, 1)), "'p'", "NaN"),
                bad("null parameters", () -> post().run(null), "null"),
                bad("points without end", () -> post().sweep(endless()), "1,000,000"),
                bad(
                        "more than 2^32 - 1",
                        () -> post().replicates(3).sweep(grid().axis("n", Axis.range(0, (1L << 31) - 2, 1))),
                        "4294967295|4,294,967,295"),
                bad(
                        "a specification over 1 MiB",
                        () -> jobmon.post(new Jobs.OfString())
                                .sweep(
                                        "value",
                                        IntStream.range(0, 30_000)
                                                .mapToObj(i -> "a long value, number " + i + " ".repeat(20))
                                                .toList()),
                        "1,048,576"),
                bad(
                        "a point over 64 KiB",
                        () -> jobmon.post(new Jobs.OfString()).run("x".repeat(70_000)),
                        "65,536"),
                bad("half a character", () -> jobmon.post(new Jobs.OfString()).run("\uD83E"), "half"));
    }

    private static Iterable<Params> endless() {
        return () -> new Iterator<>() {
            private int n;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Params next() {
                return new Params(0, n++);
            }
        };
    }

    static Stream<Arguments> settings() {
        Path none = Path.of("no", "such", "file");
        return Stream.of(
                bad("0 replicates", () -> post().replicates(0), "replicates", "0"),
                bad("negative replicates", () -> post().replicates(-3), "replicates", "-3"),
                bad("run 0 times", () -> post().run(new Params(1, 1), 0), "replicates", "0"),
                bad("0 attempts", () -> post().attempts(0), "attempts", "0"),
                bad("a negative backoff", () -> post().backoff(Duration.ofSeconds(-1)), "backoff"),
                bad("no backoff", () -> post().backoff(null), "backoff"),
                bad("a timeout of 0", () -> post().timeout(Duration.ZERO), "timeout"),
                bad("a timeout of ages", () -> post().timeout(Duration.ofSeconds(Long.MAX_VALUE)), "timeout"),
                bad("an extreme priority", () -> post().priority(Integer.MIN_VALUE), "priority"),
                bad("a blank tag", () -> post().requires(" "), "tag"),
                bad("a tag with a comma", () -> post().requires("a,b"), "a,b"),
                bad("a tag of 129 characters", () -> post().requires("x".repeat(129)), "no tag", "at most 128"),
                bad("null tags", () -> post().requires((String[]) null), "tags"),
                bad("no such input", () -> post().input(none), "such"),
                bad("a null input", () -> post().input((Path) null), "null"),
                bad("a null description", () -> post().describe(null), "null"),
                bad("describe twice", () -> post().describe("a").describe("b"), "describe", "twice"),
                bad("replicates twice", () -> post().replicates(2).replicates(2), "replicates", "twice"),
                bad("replicates and run n", () -> post().replicates(2).run(new Params(1, 1), 2), "replicates", "twice"),
                bad("seed twice", () -> post().seed(1).seed(1), "seed", "twice"),
                bad("common twice", () -> post().commonRandomNumbers().commonRandomNumbers(), "commonRandom", "twice"),
                bad("attempts twice", () -> post().attempts(1).attempts(1), "attempts", "twice"),
                bad("backoff twice", () -> post().backoff(Duration.ZERO).backoff(Duration.ZERO), "backoff", "twice"),
                bad("timeout twice", () -> post().timeout(Duration.ofDays(1)).timeout(Duration.ofDays(1)), "twice"),
                bad("priority twice", () -> post().priority(1).priority(1), "priority", "twice"),
                bad("requires twice", () -> post().requires("a").requires("b"), "requires", "twice"),
                bad("input twice", () -> post().input().input(), "input", "twice"),
                bad("keepGoing twice", () -> post().keepGoing().keepGoing(), "keepGoing", "twice"));
    }

    @SuppressWarnings("rawtypes")
    static final class Raw implements Job {
        @Override
        public Object run(Object params, Experiment experiment) {
            return params;
        }
    }

    static final class Free<T> implements Job<T, Double> {
        @Override
        public Double run(T params, Experiment experiment) {
            return 0.0;
        }
    }

    static final class OfObjects implements Job<Object, Double> {
        @Override
        public Double run(Object params, Experiment experiment) {
            return 0.0;
        }
    }

    static final class ToNothing implements Job<Integer, Void> {
        @Override
        public Void run(Integer params, Experiment experiment) {
            return null;
        }
    }

    static final class Stateful implements Job<Integer, Integer> {
        private final int factor;

        Stateful(int factor) {
            this.factor = factor;
        }

        @Override
        public Integer run(Integer value, Experiment experiment) {
            return factor * value;
        }
    }

    record Named(String name) implements Job<Integer, Integer> {
        @Override
        public Integer run(Integer value, Experiment experiment) {
            return value;
        }
    }

    static Stream<Arguments> jobs() {
        Job<Integer, Integer> lambda = (value, experiment) -> value;
        int captured = 3;
        Function<Job<?, ?>, ThrowingCallable> posted = job -> () -> jobmon.post(job);
        return Stream.of(
                bad("null", () -> jobmon.post((Job<Integer, Integer>) null), "null"),
                bad("a lambda", posted.apply(lambda), "lambda", "Job.of("),
                bad("a raw job", posted.apply(new Raw()), "Raw", "Job.of("),
                bad("a free type variable", posted.apply(new Free<Integer>()), "Free", "Job.of("),
                bad("parameters of Object", posted.apply(new OfObjects()), "OfObjects", "java.lang.Object", "record"),
                bad("an outcome of Void", posted.apply(new ToNothing()), "ToNothing", "Void", "record"),
                bad("state", posted.apply(new Stateful(2)), "Stateful", "factor", "configuration()"),
                bad(
                        "a capturing function",
                        posted.apply(Job.of("c", "", Integer.class, Integer.class, (value, experiment) -> captured)),
                        "version"),
                bad("a blank name", posted.apply(new Named(" ")), "blank", "name()"),
                bad("a null name", posted.apply(new Named(null)), "name()", "null"),
                bad("a name of 300 characters", posted.apply(new Named("n".repeat(300))), "300", "128"),
                bad("Job.of without a name", () -> Job.of(null, "", Integer.class, Integer.class, (v, e) -> v), "name"),
                bad("Job.of without a body", () -> Job.of("n", "", Integer.class, Integer.class, null), "body"));
    }

    static Stream<Arguments> workers() {
        return Stream.of(
                bad("no job", () -> jobmon.worker().start(), "no job"),
                bad("a null job", () -> jobmon.worker().job(null), "null"),
                bad(
                        "two jobs of one name",
                        () -> jobmon.worker()
                                .job(new Named("twin"))
                                .job(Job.of("twin", "1", Integer.class, Integer.class, (value, experiment) -> value)),
                        "twin",
                        "already"),
                bad("a job with state", () -> jobmon.worker().job(new Stateful(2)), "factor", "configuration()"),
                bad("0 slots", () -> jobmon.worker().slots(0), "slots", "0"),
                bad("2,000 slots", () -> jobmon.worker().slots(2000), "slots", "1024"),
                bad("a blank tag", () -> jobmon.worker().tags(""), "tag"),
                bad("a tag of 129 characters", () -> jobmon.worker().tags("x".repeat(129)), "no tag", "at most 128"),
                bad("no environment", Worker::fromEnvironment, "JOBMON_REDIS"),
                bad("0 local slots", () -> JobMon.local(0), "slots", "0"),
                bad("slots for a server", () -> JobMonOptions.redis("redis://h").slots(2), "slots", "worker()"),
                bad("a strange namespace", () -> JobMonOptions.local().namespace("a b"), "a b"),
                bad("a heartbeat of an hour", () -> JobMonOptions.local().heartbeat(Duration.ofHours(1)), "heartbeat"),
                bad("a job hash of words", () -> jobmon.source("Plain"), "Plain", "jobHash()"),
                bad("an unknown job hash", () -> jobmon.source("0123abcd"), "0123abcd"),
                bad("an unknown job to describe", () -> jobmon.describe("0123abcd", "x"), "0123abcd"),
                bad("an unknown job to clean", () -> jobmon.clean("0123abcd"), "0123abcd"),
                bad("an unknown sweep", () -> jobmon.attach("ab".repeat(10), new Jobs.Plain()), "ab".repeat(10)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"axes", "spaces", "settings", "jobs", "workers"})
    void should_refuse_at_once_and_write_nothing_when(String what, ThrowingCallable call, List<String> message) {
        Map<String, String> before = server.content();

        assertThatThrownBy(call)
                .as(what)
                .isInstanceOf(JobMonException.class)
                .satisfies(thrown -> message.forEach(part -> assertThat(thrown.getMessage())
                        .containsPattern(part.contains("|") ? part : Pattern.quote(part))))
                .satisfies(thrown -> assertThat(thrown.getMessage().length()).isLessThan(1000))
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("io.jobmon.core"));

        assertThat(server.content()).isEqualTo(before);
    }

    private static ParamSpace points(int x, int y) {
        return ParamSpace.grid().axis("x", Axis.range(1, x, 1)).axis("y", Axis.range(1, y, 1));
    }

    @Test
    void should_take_2_to_the_32_less_1_experiments_and_no_more_when_posted() {
        Sweep<?, ?> replicated =
                jobmon.post(new Jobs.OfMaps()).replicates(65_535).sweep(points(65_537, 1));
        Sweep<?, ?> plain = jobmon.post(new Jobs.OfMaps()).sweep(points(65_537, 65_535));

        assertThat(replicated.progress().size()).isEqualTo(4_294_967_295L);
        assertThat(plain.progress().pending()).isEqualTo(4_294_967_295L);
        jobmon.clean(plain.jobHash());
        assertThatThrownBy(
                        () -> jobmon.post(new Jobs.OfMaps()).replicates(65_536).sweep(points(256, 256)))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("65536 points x 65536 replicates")
                .hasMessageContaining("limit is 4294967295 experiments");
        assertThatThrownBy(() -> jobmon.post(new Jobs.OfMaps()).sweep(points(65_536, 65_536)))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("4294967296 points x 1 replicates")
                .hasMessageContaining("limit is 4294967295 experiments");
        assertThat(server.commands().keys("jobmon:jobs:new:*")).isEmpty();
    }

    @Test
    void should_run_good_sweeps_when_bad_ones_were_refused() {
        assertThatThrownBy(() -> post().sweep(grid().axis("nn", 1))).isInstanceOf(JobMonException.class);
        Posting<Params, Outcome> posting = post().seed(99);
        assertThatThrownBy(() -> posting.sweep("q", 1)).isInstanceOf(JobMonException.class);

        try (Worker worker = jobmon.worker().job(new Jobs.Plain()).slots(1).start()) {
            var sweep = posting.sweep(grid().axis("n", 4, 5));
            sweep.await();
            assertThat(sweep.results())
                    .allMatch(result -> result.worker().equals(worker.id()))
                    .hasSize(2);
        }
    }
}

package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jobmon.Axis;
import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.NoParams;
import io.jobmon.ParamSpace;
import io.jobmon.Posting;
import io.jobmon.ProgressBar;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import io.jobmon.core.local.EmbeddedRedis;
import io.jobmon.tests.Jobs.Bean;
import io.jobmon.tests.Jobs.Outcome;
import io.jobmon.tests.Jobs.Params;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.example.Lattice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the contract, and every kind of job, parameters and outcome that it names. */
class ContractTest {

    private static JobMon jobmon;

    @BeforeAll
    static void open() {
        jobmon = JobMon.local(2);
    }

    @AfterAll
    static void close() {
        jobmon.close();
    }

    private static <P, R> List<R> values(Sweep<P, R> sweep) {
        sweep.await();
        assertThat(sweep.failures().total()).as(sweep.failures().toString()).isZero();
        return sweep.results().stream().map(Result::value).toList();
    }

    private static <P, R> List<P> params(Sweep<P, R> sweep) {
        sweep.await();
        return sweep.results().stream().map(Result::params).toList();
    }

    @Test
    void should_do_what_the_shortest_program_says_when_local(@TempDir Path folder) throws Exception {
        Path csv = folder.resolve("percolation.csv");
        String summary;

        try (JobMon own = JobMon.local()) {
            Sweep<Params, Outcome> sweep = own.post(new Jobs.Plain())
                    .describe("site percolation on the square lattice")
                    .replicates(3)
                    .sweep(ParamSpace.grid()
                            .axis("p", Axis.linspace(0.50, 0.70, 3))
                            .axis("n", 64, 128));
            sweep.await(ProgressBar.console());
            sweep.results().writeCsv(csv);
            summary = sweep.results().summary("spans").toString();
        }

        assertThat(Files.readAllLines(csv))
                .hasSize(1 + 18)
                .startsWith("index,p,n,replicate,spans,largest", "0,0.5,64,0,false,32.0", "1,0.5,128,0,false,64.0");
        assertThat(summary).startsWith("  p    n  runs  dead  mean spans").contains("0.6   64     3     0");
    }

    @Test
    void should_run_on_a_worker_inside_the_program_when_connected_to_a_server() {
        try (EmbeddedRedis redis = EmbeddedRedis.start(null);
                JobMon connected = JobMon.connect(redis.uri())) {
            Sweep<Params, Outcome> sweep = connected.post(new Jobs.Plain()).run(new Params(0.75, 4), 2);
            assertThat(sweep.progress().done()).isZero();

            String id;
            try (Worker worker =
                    connected.worker().job(new Jobs.Plain()).slots(8).start()) {
                id = worker.id();
                sweep.await();
            }

            assertThat(sweep.results())
                    .extracting(Result::value, Result::worker)
                    .containsExactly(tuple(new Outcome(true, 3.0), id), tuple(new Outcome(true, 3.0), id));
        }
    }

    @Test
    void should_run_when_job_and_records_are_package_private_elsewhere() {
        assertThat(Lattice.shareWhenFull(jobmon)).isEqualTo(1.0);
    }

    @Test
    void should_tell_jobs_apart_by_configuration_when_record_job() {
        Sweep<Params, Double> two = jobmon.post(new Jobs.Scaled(2)).run(new Params(0.5, 3));
        Sweep<Params, Double> four = jobmon.post(new Jobs.Scaled(4)).run(new Params(0.5, 3));

        assertThat(values(two)).containsExactly(3.0);
        assertThat(values(four)).containsExactly(6.0);
        assertThat(two.jobHash()).isNotEqualTo(four.jobHash());
        assertThat(two.id()).isNotEqualTo(four.id());
        assertThat(jobmon.post(new Jobs.Scaled(2)).run(new Params(0.5, 3)).id()).isEqualTo(two.id());
    }

    private static double half(double value, Experiment experiment) {
        return value / 2;
    }

    @Test
    void should_run_functions_when_job_of_lambda_or_method_reference() {
        Job<Params, Outcome> lambda = Job.of(
                "lambda", "", Params.class, Outcome.class, (params, experiment) -> new Outcome(true, params.p()));
        Job<Double, Double> reference = Job.of("reference", "", Double.class, Double.class, ContractTest::half);
        double captured = 3;
        Job<Double, Double> versioned =
                Job.of("versioned", "by 3", Double.class, Double.class, (value, experiment) -> value * captured);

        assertThat(values(jobmon.post(lambda).run(new Params(0.25, 1)))).containsExactly(new Outcome(true, 0.25));
        assertThat(values(jobmon.post(reference).sweep("value", 1, 2))).containsExactly(0.5, 1.0);
        assertThat(values(jobmon.post(versioned).sweep("value", 1.5))).containsExactly(4.5);
    }

    @Test
    void should_bind_beans_when_parameters_are_beans() {
        Sweep<Bean, Bean> grid = jobmon.post(new Jobs.OfBeans())
                .sweep(ParamSpace.grid().axis("label", "a", "b").axis("rate", Axis.range(1, 2, 1)));
        Sweep<Bean, Bean> listed = jobmon.post(new Jobs.OfBeans()).sweep(List.of(Bean.of(0.5, "x"), Bean.of(1, "y")));

        assertThat(values(grid))
                .extracting(Bean::getRate, Bean::getLabel)
                .containsExactly(tuple(2.0, "a!"), tuple(4.0, "a!"), tuple(2.0, "b!"), tuple(4.0, "b!"));
        assertThat(values(listed)).extracting(Bean::getLabel).containsExactly("x!", "y!");
        assertThat(params(listed)).extracting(Bean::getRate).containsExactly(0.5, 1.0);
    }

    @Test
    void should_bind_any_name_when_parameters_are_a_map() {
        Sweep<Map<String, Object>, Map<String, Object>> grid = jobmon.post(new Jobs.OfMaps())
                .sweep(ParamSpace.grid().axis("x", 1, 2).axis("mode", "fast"));
        Sweep<Map<String, Object>, Map<String, Object>> listed =
                jobmon.post(new Jobs.OfMaps()).sweep(List.of(Map.of("k", 1.5), Map.of("k", 2.5)));
        Sweep<Map<String, Object>, Map<String, Object>> none =
                jobmon.post(new Jobs.OfMaps()).run(Map.of());

        assertThat(values(grid)).hasSize(2);
        assertThat(values(grid).get(1))
                .containsEntry("mode", "fast")
                .containsEntry("x", 2L)
                .containsEntry("size", 2L);
        assertThat(params(listed)).containsExactly(Map.of("k", 1.5), Map.of("k", 2.5));
        assertThat(values(none)).containsExactly(Map.of("size", 0L));
    }

    @Test
    void should_run_replicates_when_there_are_no_parameters() {
        Sweep<NoParams, Integer> five = jobmon.post(new Jobs.OfNothing()).run(new NoParams(), 5);
        Sweep<NoParams, Integer> grid =
                jobmon.post(new Jobs.OfNothing()).replicates(2).sweep(ParamSpace.grid());

        assertThat(values(five)).containsExactly(0, 1, 2, 3, 4);
        assertThat(values(grid)).containsExactly(0, 1);
        assertThat(params(grid)).containsOnly(new NoParams());
    }

    @Test
    void should_call_the_axis_value_when_parameters_are_scalar() {
        assertThat(values(jobmon.post(new Jobs.OfInteger()).sweep("value", new int[] {1, 2, 3})))
                .containsExactly(10L, 20L, 30L);
        assertThat(values(jobmon.post(new Jobs.OfInteger()).sweep("value", Axis.range(4, 6, 1))))
                .containsExactly(40L, 50L, 60L);
        assertThat(values(jobmon.post(new Jobs.OfInteger()).sweep("value", List.of(7, 8))))
                .containsExactly(70L, 80L);
        assertThat(values(jobmon.post(new Jobs.OfInteger()).sweep(List.of(9, 11))))
                .containsExactly(90L, 110L);
        assertThat(values(jobmon.post(new Jobs.OfInteger()).run(12))).containsExactly(120L);
        assertThat(values(jobmon.post(new Jobs.OfDouble()).sweep("value", 1, 2, 3)))
                .containsExactly(0.5, 1.0, 1.5);
        assertThat(values(jobmon.post(new Jobs.OfString()).sweep("value", "a", "|:{}\n\uD83E\uDD80")))
                .containsExactly("aa", "|:{}\n\uD83E\uDD80|:{}\n\uD83E\uDD80");
        assertThat(values(jobmon.post(new Jobs.OfString()).run("x"))).containsExactly("xx");
        assertThat(values(jobmon.post(new Jobs.OfEnum()).sweep("value", (Object[]) Jobs.Scheme.values())))
                .containsExactly(Jobs.Scheme.EULER, Jobs.Scheme.HEUN);
        assertThat(values(jobmon.post(new Jobs.OfEnum()).run(Jobs.Scheme.HEUN))).containsExactly(Jobs.Scheme.HEUN);
    }

    @Test
    void should_post_any_iterable_when_it_yields_parameters() {
        List<Params> points = new ArrayList<>(List.of(new Params(0.25, 2), new Params(0.75, 4)));
        Iterable<Params> iterable = points::iterator;

        Sweep<Params, Outcome> sweep = jobmon.post(new Jobs.Plain()).sweep(iterable);
        points.clear();

        assertThat(params(sweep)).containsExactly(new Params(0.25, 2), new Params(0.75, 4));
        assertThat(values(sweep)).containsExactly(new Outcome(false, 0.5), new Outcome(true, 3));
    }

    @Test
    void should_read_outcomes_back_typed_when_nested_lists_arrays_maps_or_sealed() {
        Jobs.Nested nested = values(jobmon.post(new Jobs.ToNested()).run(3)).get(0);
        assertThat(nested.inner()).isEqualTo(new Jobs.Inner(1.5, List.of(1.0, Double.NaN, Double.POSITIVE_INFINITY)));
        assertThat(nested.counts()).containsExactly(3, -3);
        assertThat(nested.byName()).isEqualTo(Map.of("a", 3));
        assertThat(nested.scheme()).isEqualTo(Jobs.Scheme.HEUN);

        assertThat(values(jobmon.post(new Jobs.ToList()).run(2)).get(0))
                .containsExactly(new Jobs.Inner(2, List.of()), new Jobs.Inner(-2, List.of(0.5)));
        assertThat(values(jobmon.post(new Jobs.ToArray()).run(2)).get(0))
                .containsExactly(2, Double.NaN, Double.NEGATIVE_INFINITY);
        assertThat(values(jobmon.post(new Jobs.ToSealed()).sweep("value", 2, 3)))
                .containsExactly(new Jobs.Converged(2, 0.25), new Jobs.Diverged("odd 3"));
        assertThat(values(jobmon.post(new Jobs.ToNaN()).sweep("value", 0, 1, 2)))
                .containsExactly(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }

    @Test
    void should_take_every_setting_once_when_posting() {
        Posting<Params, Outcome> posting = jobmon.post(new Jobs.Plain())
                .describe("all settings")
                .replicates(2)
                .seed(7)
                .commonRandomNumbers()
                .attempts(5)
                .backoff(Duration.ZERO)
                .timeout(Duration.ofMinutes(1))
                .priority(-3)
                .requires()
                .input()
                .keepGoing();

        assertThat(values(posting.run(new Params(1, 1)))).hasSize(2);
    }
}

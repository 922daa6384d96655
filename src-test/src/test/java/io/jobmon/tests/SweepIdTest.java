package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Axis;
import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.Sweep;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a job and a sweep are called, frozen for ever. The expectations were computed with other means (Python's
 * hashlib). Never change one: whoever posts a sweep again would not find the results that are there.
 */
class SweepIdTest {

    private static final String FLU = "40292a56f0ecba03d6ef0c1efa97e7e124b4b35b";

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

    record Params(double p, int n) {}

    static final class Flu implements Job<Params, Double> {
        @Override
        public String name() {
            return "Grippe \u00FC";
        }

        @Override
        public String version() {
            return "3";
        }

        @Override
        public Double run(Params params, Experiment experiment) {
            return params.p();
        }
    }

    record Scaled(double factor) implements Job<Params, Double> {
        @Override
        public String name() {
            return "scaled";
        }

        @Override
        public String version() {
            return "1.0";
        }

        @Override
        public Double run(Params params, Experiment experiment) {
            return factor * params.p();
        }
    }

    private static void assertNames(Sweep<?, ?> sweep, String id, String jobHash) {
        assertThat(sweep.jobHash()).isEqualTo(jobHash);
        assertThat(sweep.id()).isEqualTo(id);
    }

    @Test
    void should_have_the_same_id_for_ever_when_a_grid_is_posted() {
        ParamSpace grid = ParamSpace.grid().axis("p", Axis.linspace(0, 1, 5)).axis("n", 8, 16);

        assertNames(jobmon.post(new Flu()).sweep(grid), "11e50ce5474c1601db46", FLU);
        assertNames(jobmon.post(new Flu()).replicates(3).seed(-42).sweep(grid), "ec1474fa3029a0d7c602", FLU);
        assertNames(
                jobmon.post(new Flu())
                        .replicates(3)
                        .seed(-42)
                        .commonRandomNumbers()
                        .sweep(grid),
                "27423d75f4896d36d967",
                FLU);
    }

    @Test
    void should_have_the_same_id_for_ever_when_points_are_posted() {
        assertNames(
                jobmon.post(new Flu()).sweep(List.of(new Params(0.5, 1), new Params(0.25, 2))),
                "1cb367c6bba2ff86aa43",
                FLU);
    }

    @Test
    void should_have_the_same_hash_for_ever_when_a_job_has_a_configuration() {
        assertNames(
                jobmon.post(new Scaled(2.5)).run(new Params(0.5, 1), 2),
                "3a63091a527d6caa64bb",
                "a2344967ad8e1e9dccdf82bfa6452edb3a5dda2a");
    }

    @Test
    void should_have_the_same_id_when_only_the_way_to_run_it_differs() {
        ParamSpace grid = ParamSpace.grid().axis("p", 0.5).axis("n", 8);
        String id = jobmon.post(new Flu()).sweep(grid).id();

        assertThat(jobmon.post(new Flu())
                        .describe("again")
                        .attempts(7)
                        .priority(3)
                        .requires("gpu")
                        .keepGoing()
                        .sweep(grid)
                        .id())
                .isEqualTo(id);
    }
}

package io.jobmon.junit;

import static io.jobmon.junit.JobMonAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Axis;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.Result;
import io.jobmon.Sweep;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Assertions on a sweep whose truth is known, both {@code assertThat} imported by name. */
class AssertionsTest {

    private static JobMon jobmon;
    private static Sweep<Noise.Params, Noise.Outcome> sweep;

    @BeforeAll
    static void run() {
        jobmon = JobMon.local(2);
        sweep = jobmon.post(new Noise())
                .replicates(30)
                .sweep(ParamSpace.grid().axis("mu", Axis.range(0.0, 3.0, 1.0)).axis("batch", 1, 2));
    }

    @AfterAll
    static void close() {
        jobmon.close();
    }

    @Test
    void should_hold_when_all_is_right() {
        assertThat(sweep)
                .isNotNull()
                .allSucceeded()
                .monotoneAlong("mu", "value")
                .agreesWith("value", point -> point.getDouble("mu"), StandardErrors.forSuite(1e-6, 8))
                .agreesWith("exact", point -> point.getDouble("mu"), StandardErrors.of(3));
        assertThat(sweep).at("mu", 2, "batch", 1).mean("value").isCloseTo(2, StandardErrors.of(4));
        assertThat(sweep).at("mu", 2.0, "batch", 1).interval("value").contains(2);
        assertThat(sweep.results())
                .hasSize(240)
                .allMatch(Result::succeeded)
                .monotoneAlong("mu", "positive")
                .agreesWith("value", point -> point.getDouble("mu"), StandardErrors.of(5));
        assertThat(sweep.results().summary("value").rows()).hasSize(8);
    }

    @Test
    void should_show_the_table_when_a_mean_is_off() {
        assertThatThrownBy(() -> assertThat(sweep)
                        .as("the magnet")
                        .at("mu", 3, "batch", 2)
                        .mean("value")
                        .isCloseTo(1, StandardErrors.of(3)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("[the magnet]")
                .hasMessageContaining("expected 1.00000")
                .hasMessageContaining("at 30 replicates 3 standard errors (0.27 %) allow 3.2")
                .hasMessageContaining("mean value");
        assertThatThrownBy(() -> assertThat(sweep)
                        .agreesWith(
                                "value",
                                point -> point.getDouble("mu") < 2 ? point.getDouble("mu") : 7,
                                StandardErrors.of(4)))
                .hasMessageContaining("value disagrees at 4 of 8 points, within 4 standard errors")
                .hasMessageContaining("expected 7.00000");
        assertThatThrownBy(() -> assertThat(sweep)
                        .at("mu", 0, "batch", 1)
                        .interval("value")
                        .contains(5))
                .hasMessageContaining("without 5.00000");
        assertThatThrownBy(() ->
                        assertThat(sweep).at("mu", 0, "batch", 1).mean("exact").isCloseTo(1e-9, StandardErrors.of(8)))
                .as("equal replicates leave no room")
                .hasMessageContaining("standard errors off");
    }

    @Test
    void should_find_a_step_back() {
        double[] means = {0, 9, 4, 12};
        Job<Integer, Double> bent = Job.of(
                "bent",
                "1",
                Integer.class,
                Double.class,
                (x, experiment) -> means[x] + experiment.random().nextGaussian());
        Sweep<Integer, Double> sweep = jobmon.post(bent).replicates(20).sweep("value", 0, 1, 2, 3);
        assertThatThrownBy(() -> assertThat(sweep).monotoneAlong("value", "value"))
                .hasMessageContaining("does not go one way along value: from 1 to 2 it goes down by ")
                .hasMessageContaining("mean value");
        Sweep<Noise.Params, Noise.Outcome> line = jobmon.post(new Noise())
                .replicates(20)
                .sweep(ParamSpace.grid().axis("batch", 1, 2, 3, 4).axis("mu", 5.0));
        assertThat(line).monotoneAlong("batch", "value").monotoneAlong("batch", "exact");
    }

    @Test
    void should_name_points_when_one_is_not_meant() {
        assertThatThrownBy(() -> assertThat(sweep).at("mu", 17).mean("value"))
                .hasMessageContaining("no point has {mu=17}");
        assertThatThrownBy(() -> assertThat(sweep).at("mu", 1).mean("value"))
                .hasMessageContaining("2 points have {mu=1}; name more parameters");
        assertThatThrownBy(() -> assertThat(sweep).at("mu", 1, "batch")).hasMessageContaining("a name without a value");
        assertThatThrownBy(() -> assertThat(sweep).monotoneAlong("nu", "value"))
                .hasMessageContaining("no parameter is called nu");
        Sweep<Noise.Params, Noise.Outcome> single = jobmon.post(new Noise()).run(new Noise.Params(1, 1));
        assertThatThrownBy(() -> assertThat(single).at("mu", 1).mean("value").isCloseTo(1, StandardErrors.of(3)))
                .hasMessageContaining("a mean of 1 replicates says nothing");
    }

    @Test
    void should_group_what_failed() {
        Sweep<Noise.Params, Noise.Outcome> failing = jobmon.post(new Noise())
                .attempts(1)
                .sweep(ParamSpace.grid().axis("mu", 1.0).axis("batch", 12, 13));
        assertThatThrownBy(() -> assertThat(failing).allSucceeded())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 of 2 experiments")
                .hasMessageContaining("batch 13 is forbidden")
                .hasMessageContaining("sweep.replay(1)");
    }
}

package io.jobmon.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.Result;
import io.jobmon.Sweep;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example that runs a Python script. */
class PythonSweepTest {

    private static List<PythonSweep.Outcome> epidemics(JobMon jobmon, double r0) {
        Sweep<Map<String, Object>, PythonSweep.Outcome> sweep = jobmon.post(PythonSweep.epidemic())
                .replicates(10)
                .sweep(ParamSpace.grid().axis("r0", r0).axis("seeds", 3));
        sweep.await();
        assertThat(sweep.failures().groups()).isEmpty();
        return sweep.results().stream().map(Result::value).toList();
    }

    @Test
    void should_take_off_above_the_threshold_and_not_below_when_the_script_runs() {
        try (JobMon jobmon = JobMon.local(2)) {
            List<PythonSweep.Outcome> below = epidemics(jobmon, 0.5);
            List<PythonSweep.Outcome> above = epidemics(jobmon, 3);

            assertThat(below)
                    .hasSize(10)
                    .filteredOn(PythonSweep.Outcome::outbreak)
                    .isEmpty();
            // 1 - 1/27 of them are expected
            assertThat(above).filteredOn(PythonSweep.Outcome::outbreak).hasSizeGreaterThan(7);
            // the final size of an outbreak for r0 = 3 solves a = 1 - exp(-3 a): 0.94
            assertThat(above.stream()
                            .filter(PythonSweep.Outcome::outbreak)
                            .mapToDouble(PythonSweep.Outcome::attack)
                            .average())
                    .hasValueCloseTo(0.94, within(0.03));
            assertThat(above).doesNotHaveDuplicates().allSatisfy(outcome -> {
                assertThat(outcome.peak()).isLessThanOrEqualTo(outcome.attack());
                assertThat(outcome.duration()).isPositive();
            });
        }
    }
}

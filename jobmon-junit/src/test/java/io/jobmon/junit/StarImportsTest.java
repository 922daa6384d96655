package io.jobmon.junit;

import static io.jobmon.junit.JobMonAssertions.*;
import static org.assertj.core.api.Assertions.*;

import io.jobmon.JobMon;
import io.jobmon.Sweep;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Both {@code assertThat} imported by star: that this compiles is the test. */
@JobMonTest(slots = 1)
class StarImportsTest {

    @Test
    void should_find_the_right_one(JobMon jobmon) {
        Sweep<Noise.Params, Noise.Outcome> sweep = jobmon.post(new Noise()).run(new Noise.Params(1, 1), 3);
        SweepAssert<Noise.Params, Noise.Outcome> sweepAssert = assertThat(sweep).allSucceeded();
        ResultsAssert<Noise.Params, Noise.Outcome> resultsAssert =
                assertThat(sweep.results()).hasSize(3);
        assertThat(resultsAssert).isNotSameAs(sweepAssert);
        assertThat(List.of(1, 2)).hasSize(2);
        assertThat("text").isNotBlank();
        assertThat(sweep.results().stream().map(result -> result.replicate())).containsExactly(0, 1, 2);
    }
}

package io.jobmon.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.JobMon;
import io.jobmon.Result;
import io.jobmon.Sweep;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples that run programs, as far as every machine has them: seq, factor, awk and wc. */
class CommandSweepsTest {

    @Test
    void should_say_what_theory_expects_when_asked() {
        assertThat(PythonSweep.expected(0.8, 2)).isZero();
        assertThat(PythonSweep.expected(2, 1)).isEqualTo(0.5);
        assertThat(PythonSweep.expected(2, 3)).isEqualTo(0.875);
    }

    @Test
    void should_count_primes_when_the_one_liner_runs() {
        try (JobMon jobmon = JobMon.local(1)) {
            Sweep<Map<String, Object>, Long> sweep =
                    jobmon.post(ShellSweep.primes()).sweep("n", 10, 100, 10_000);
            sweep.await();

            assertThat(sweep.results().stream().map(Result::value)).containsExactly(4L, 25L, 1229L);
        }
    }
}

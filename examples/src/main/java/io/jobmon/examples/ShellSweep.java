package io.jobmon.examples;

import io.jobmon.Axis;
import io.jobmon.CommandJob;
import io.jobmon.CommandOutput;
import io.jobmon.JobMon;
import io.jobmon.Sweep;
import java.util.Map;

/**
 * A shell one-liner as a job: how many primes are there below n? Its parameter comes from the environment, where a shell
 * cannot mistake it for code.
 */
public final class ShellSweep {

    private ShellSweep() {}

    /**
     * Runs the sweep.
     *
     * @param args none
     */
    public static void main(String[] args) {
        try (JobMon jobmon = JobMon.local()) {
            Sweep<Map<String, Object>, Long> sweep =
                    jobmon.post(primes()).sweep("n", Axis.range(10_000, 50_000, 10_000));
            sweep.await();
            sweep.results()
                    .forEach(result -> System.out.printf(
                            "%d primes below %s%n",
                            result.value(), result.params().get("n")));
        }
    }

    static CommandJob<Long> primes() {
        return CommandJob.of("primes", "sh", "-c", "seq 2 $((JOBMON_PARAM_n - 1)) | factor | awk 'NF == 2' | wc -l")
                .outcome(Long.class, PrimeCount::of);
    }

    /** Reads what {@code wc} prints. */
    static final class PrimeCount {

        private PrimeCount() {}

        static Long of(CommandOutput output) {
            return Long.valueOf(output.stdout().trim());
        }
    }
}

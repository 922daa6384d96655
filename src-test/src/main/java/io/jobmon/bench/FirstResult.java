package io.jobmon.bench;

import io.jobmon.JobMon;
import io.jobmon.Sweep;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * How long after the start of the JVM the first result of a small sweep is in the poster's hands. One number a JVM.
 *
 * <pre>./mvnw -q -Pbench verify -Dbench=FirstResult</pre>
 */
public final class FirstResult {

    private FirstResult() {}

    /**
     * Measures and prints.
     *
     * @param args none
     */
    public static void main(String[] args) {
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        long main = System.currentTimeMillis();
        try (JobMon jobmon = JobMon.local()) {
            long opened = System.currentTimeMillis();
            Sweep<TrivialSweep.Arithmetic.Params, TrivialSweep.Arithmetic.Outcome> sweep =
                    jobmon.post(new TrivialSweep.Arithmetic()).run(new TrivialSweep.Arithmetic.Params(3, 4), 10);
            long posted = System.currentTimeMillis();
            long sum = sweep.stream().findFirst().orElseThrow().value().sum();
            long first = System.currentTimeMillis();
            System.out.printf(
                    Locale.ROOT,
                    "first result (%d) %d ms after JVM start: main %d, opened %d, posted %d%n",
                    sum,
                    first - started,
                    main - started,
                    opened - started,
                    posted - started);
        }
    }
}

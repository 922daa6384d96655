package io.jobmon.examples;

import io.jobmon.Axis;
import io.jobmon.Isolation;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.ProgressBar;
import io.jobmon.Sweep;
import java.util.Locale;

/**
 * Sweeps a simulation that halts its JVM at some points and eats its heap at others. Experiments run in child JVMs, so all
 * other points have their results, and the failures are told apart, with the region of the parameters in which they lie.
 */
public final class CrashySweep {

    private CrashySweep() {}

    /**
     * Runs the sweep.
     *
     * @param args none
     */
    public static void main(String[] args) {
        try (JobMon jobmon = JobMon.local()) {
            Sweep<HeatRod.Params, HeatRod.Outcome> sweep = jobmon.post(new HeatRod())
                    .describe("a cooling rod, by a code that crashes")
                    .isolation(Isolation.PROCESS.maxHeap("48m"))
                    .attempts(1)
                    .sweep(ParamSpace.grid()
                            .axis("diffusivity", Axis.logspace(0.05, 3.2, 7))
                            .axis("cells", Axis.range(4, 100, 2))
                            .axis("scheme", HeatRod.Scheme.EXPLICIT, HeatRod.Scheme.IMPLICIT));
            sweep.await(ProgressBar.console());
            System.out.printf(
                    Locale.ROOT,
                    "%n%,d of %,d points have a result.%n",
                    sweep.progress().done(),
                    sweep.size());
            System.out.println(sweep.failures());
        }
    }
}

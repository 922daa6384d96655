package io.jobmon.examples;

import io.jobmon.Experiment;
import io.jobmon.Job;

/**
 * Compares an {@link SirModel} with an outbreak of influenza in a boarding school in the north of England, 22 January to 4
 * February 1978.
 *
 * <p>Source of the counts: Influenza in a boarding school, British Medical Journal 1 (4 March 1978), 587. They were printed as
 * a figure, so tables made of it differ by a few boys; this one is that of de Vries, Hillen, Lewis, Mueller and
 * Schoenfisch, A Course in Mathematical Biology (2006), chapter 9.
 */
public final class FluFit implements Job<FluFit.Params, FluFit.Outcome> {

    /** How many boys there were. */
    static final int BOYS = 763;

    /** How many of them lay in bed, on days 0 to 13. */
    private static final int[] IN_BED = {3, 8, 26, 76, 225, 298, 258, 233, 189, 128, 68, 29, 14, 4};

    /**
     * Which model to try.
     *
     * @param beta the rate of infection, per day
     * @param gamma the rate of recovery, per day
     */
    public record Params(double beta, double gamma) {}

    /**
     * How well it fits.
     *
     * @param misfit the sum of (observed - modelled)^2 of the boys in bed over days 1 to 13
     * @param peak the largest number of boys in bed on a day of the model
     * @param ill how many boys of the model had been ill by day 13
     */
    public record Outcome(double misfit, double peak, double ill) {}

    @Override
    public Outcome run(Params params, Experiment experiment) {
        SirModel.State[] days = model(params);
        double misfit = 0;
        double peak = 0;
        for (int day = 0; day < days.length; day++) {
            double difference = IN_BED[day] - days[day].infected();
            misfit += difference * difference;
            peak = Math.max(peak, days[day].infected());
        }
        return new Outcome(misfit, peak, BOYS - days[days.length - 1].susceptible());
    }

    /** The model's days, the first of which is as observed. */
    static SirModel.State[] model(Params params) {
        SirModel.State start = new SirModel.State(BOYS - IN_BED[0], IN_BED[0], 0);
        return new SirModel(params.beta(), params.gamma()).days(start, IN_BED.length - 1);
    }

    /** The boys in bed, day by day. */
    static int[] observed() {
        return IN_BED.clone();
    }
}

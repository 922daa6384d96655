package io.jobmon.examples;

import io.jobmon.Result;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What the fits of {@link FluFit} say, as a text to read.
 *
 * <p>Ranges of 95 % are profile likelihood intervals for errors that are normal with one unknown variance: a value belongs to
 * the range if some model with it has a misfit of at most best * (1 + t^2 / (n - 2)), with n days and Student's t at 97.5 % and
 * n - 2 degrees of freedom. Source: Bates and Watts, Nonlinear Regression Analysis and Its Applications (1988), chapter 6.
 */
record FluReport(List<Fit> fits) {

    /** One model with its outcome. */
    record Fit(FluFit.Params params, FluFit.Outcome outcome) {

        double beta() {
            return params.beta();
        }

        double gamma() {
            return params.gamma();
        }

        double r0() {
            return params.beta() / params.gamma();
        }

        double misfit() {
            return outcome.misfit();
        }
    }

    private static final double PUBLISHED_BETA = 1.66;
    private static final double PUBLISHED_GAMMA = 0.45;
    private static final double PUBLISHED_R0 = 3.7;

    /** How many boys fell ill in all, after the text of the British Medical Journal. */
    private static final int EVER_ILL = 512;

    /** Day 0 is where the models start, so 13 days are fitted, with two parameters. */
    private static final int FITTED_DAYS = FluFit.observed().length - 1;

    private static final double STUDENT_11 = 2.200985;
    private static final double LIKELY = 1 + STUDENT_11 * STUDENT_11 / (FITTED_DAYS - 2);
    private static final double BOYS_PER_COLUMN = 6;

    /** Sorts the results, the best fit first. */
    static FluReport of(Stream<Result<FluFit.Params, FluFit.Outcome>> results) {
        return new FluReport(results.map(result -> new Fit(result.params(), result.value()))
                .sorted(Comparator.comparingDouble(Fit::misfit))
                .toList());
    }

    Fit best() {
        return fits.get(0);
    }

    /** The smallest and the largest value among the models that are likely enough. */
    DoubleSummaryStatistics range(ToDoubleFunction<Fit> value) {
        return fits.stream()
                .filter(fit -> fit.misfit() <= LIKELY * best().misfit())
                .mapToDouble(value)
                .summaryStatistics();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        line(text, "%nInfluenza in a boarding school, England 1978: %,d SIR models tried%n", fits.size());
        line(text, "%-12s%15s%15s%15s%15s", "", "beta per day", "gamma per day", "R0", "rms error");
        for (int i = 0; i < Math.min(6, fits.size()); i++) {
            Fit fit = fits.get(i);
            String name = i == 0 ? "best fit" : i == 1 ? "next best" : "";
            double rms = Math.sqrt(fit.misfit() / FITTED_DAYS);
            line(text, "%-12s%15.4f%15.4f%15.3f%10.2f boys", name, fit.beta(), fit.gamma(), fit.r0(), rms);
        }
        line(text, "%-12s%15s%15s%15s", "95 % range", span(Fit::beta), span(Fit::gamma), span(Fit::r0));
        line(text, "%-12s%15.2f%15.2f%15.1f", "published", PUBLISHED_BETA, PUBLISHED_GAMMA, PUBLISHED_R0);
        line(
                text,
                "%-12s%+15.4f%+15.4f%+15.3f",
                "difference",
                best().beta() - PUBLISHED_BETA,
                best().gamma() - PUBLISHED_GAMMA,
                best().r0() - PUBLISHED_R0);
        line(text, "The published values lie %s the 95 %% ranges.%n", publishedIsLikely() ? "inside" : "outside");
        curve(text);
        line(text, "%nThe model has %.0f boys ill by day %d; in truth %d were.", ill(), FITTED_DAYS, EVER_ILL);
        line(
                text,
                "95 %% range: profile likelihood, misfit up to %.2f x the best (Bates and Watts 1988, ch. 6).",
                LIKELY);
        line(text, "Days that follow each other are not independent, so the true ranges are wider.");
        return text.toString();
    }

    private void curve(StringBuilder text) {
        int[] observed = FluFit.observed();
        SirModel.State[] model = FluFit.model(best().params());
        line(text, "day  in bed  model   o observed, * model, @ both");
        for (int day = 0; day < observed.length; day++) {
            String plot = plot(observed[day], model[day].infected());
            line(text, "%3d%8d%7.1f   |%s", day, observed[day], model[day].infected(), plot);
        }
    }

    private static String plot(double observed, double model) {
        int o = (int) Math.round(observed / BOYS_PER_COLUMN);
        int m = (int) Math.round(model / BOYS_PER_COLUMN);
        if (o == m) {
            return " ".repeat(o) + "@";
        }
        String first = o < m ? "o" : "*";
        String second = o < m ? "*" : "o";
        return " ".repeat(Math.min(o, m)) + first + " ".repeat(Math.abs(o - m) - 1) + second;
    }

    private boolean publishedIsLikely() {
        return within(range(Fit::beta), PUBLISHED_BETA)
                && within(range(Fit::gamma), PUBLISHED_GAMMA)
                && within(range(Fit::r0), PUBLISHED_R0);
    }

    private static boolean within(DoubleSummaryStatistics range, double value) {
        return range.getMin() <= value && value <= range.getMax();
    }

    private double ill() {
        return best().outcome().ill();
    }

    private String span(ToDoubleFunction<Fit> value) {
        DoubleSummaryStatistics range = range(value);
        return String.format(Locale.ROOT, "%.3f-%.3f", range.getMin(), range.getMax());
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}

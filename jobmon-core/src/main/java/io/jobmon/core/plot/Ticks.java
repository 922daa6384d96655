package io.jobmon.core.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Round values along a scale. */
final class Ticks {

    private static final int LONGEST = 7;
    private static final double ROUNDING = 1e-9;

    /** A value and how it is written. */
    record Tick(double value, String text) {}

    private Ticks() {}

    /** Multiples of 1, 2 or 5 times a power of ten, about as many as asked for; of a logarithmic scale powers of ten. */
    static List<Tick> of(Scale scale, int about) {
        return scale.logarithmic() ? powers(scale, about) : multiples(scale, about);
    }

    private static List<Tick> multiples(Scale scale, int about) {
        double rough = (scale.high() - scale.low()) / about;
        int power = (int) Math.floor(Math.log10(rough));
        double lead = rough / Math.pow(10, power);
        BigDecimal step = BigDecimal.valueOf(lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10)
                .scaleByPowerOfTen(power);
        double slack = ROUNDING * (scale.high() - scale.low());
        BigDecimal value = new BigDecimal(scale.low() - slack)
                .divide(step, 0, RoundingMode.CEILING)
                .multiply(step);
        List<Tick> ticks = new ArrayList<>();
        for (; value.doubleValue() <= scale.high() + slack; value = value.add(step)) {
            ticks.add(new Tick(value.doubleValue(), text(value)));
        }
        return ticks;
    }

    private static List<Tick> powers(Scale scale, int about) {
        int first = (int) Math.ceil(Math.log10(scale.low()) - ROUNDING);
        int last = (int) Math.floor(Math.log10(scale.high()) + ROUNDING);
        int step = Math.max(1, (last - first) / about);
        List<Tick> ticks = new ArrayList<>();
        for (int power = first; power <= last; power += step) {
            BigDecimal value = BigDecimal.ONE.scaleByPowerOfTen(power);
            ticks.add(new Tick(value.doubleValue(), text(value)));
        }
        return ticks;
    }

    private static String text(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal shortest = value.stripTrailingZeros();
        String plain = shortest.toPlainString();
        if (plain.length() <= LONGEST) {
            return plain;
        }
        int power = shortest.precision() - shortest.scale() - 1;
        return shortest.scaleByPowerOfTen(-power).toPlainString() + "e" + power;
    }
}

package io.jobmon.core.result;

import io.jobmon.Summary;
import io.jobmon.core.codec.OutcomeType;
import io.jobmon.core.queue.StoredBlock;
import io.jobmon.core.queue.SweepReader;
import io.jobmon.core.space.Space;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.TDistribution;

/** Mean, deviation and interval of one field at each point, in one pass by index. For one thread. */
final class Statistics<P, R> {

    private static final double UPPER = 0.975;

    /** Welford's running mean and sum of squared deviations. */
    private static final class Running {
        private long n;
        private long dead;
        private double mean;
        private double squares;

        void add(double value) {
            n++;
            double delta = value - mean;
            mean += delta / n;
            squares += delta * (value - mean);
        }
    }

    private final Space<P> space;
    private final OutcomeType<R> outcome;
    private final String field;
    private final ToDoubleFunction<R> number;
    private final Map<Long, Running> byPoint = new HashMap<>();
    private final Map<Long, Double> quantiles = new HashMap<>();

    Statistics(Space<P> space, OutcomeType<R> outcome, String field) {
        this.space = space;
        this.outcome = outcome;
        this.field = field;
        this.number = outcome.numeric(field);
    }

    Summary of(SweepReader reader) {
        BlockFeed feed = new BlockFeed(reader, new Bitmap(reader));
        Outcomes<R> values = new Outcomes<>(outcome);
        long points = space.size();
        while (feed.hasNext()) {
            StoredBlock block = feed.next();
            values.open(block);
            for (int i = 0; i < StoredBlock.SIZE; i++) {
                if (block.state(i) == StoredBlock.NOTHING) {
                    continue;
                }
                long point = (block.block() * StoredBlock.SIZE + i) % points;
                Running running = byPoint.computeIfAbsent(point, key -> new Running());
                if (block.state(i) == StoredBlock.RESULT) {
                    running.add(number.applyAsDouble(values.value(i)));
                } else {
                    running.dead++;
                }
            }
        }
        List<Summary.Row> rows = new ArrayList<>(byPoint.size());
        byPoint.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> rows.add(row(entry.getKey(), entry.getValue())));
        return new Summary(field, rows);
    }

    private Summary.Row row(long point, Running running) {
        long n = running.n;
        double mean = n == 0 ? Double.NaN : running.mean;
        double sd = n < 2 ? Double.NaN : Math.sqrt(running.squares / (n - 1));
        double error = sd / Math.sqrt(n);
        double half = n < 2 ? Double.NaN : error * quantile(n - 1);
        return new Summary.Row(space.point(point), n, running.dead, mean, sd, error, mean - half, mean + half);
    }

    private double quantile(long freedom) {
        return quantiles.computeIfAbsent(freedom, key -> TDistribution.of(key).inverseCumulativeProbability(UPPER));
    }
}

package io.jobmon.core.result;

import io.jobmon.Summary;
import io.jobmon.core.codec.Column;
import io.jobmon.core.codec.OutcomeType;
import io.jobmon.core.plot.PlotSource;
import io.jobmon.core.queue.StoredBlock;
import io.jobmon.core.queue.SweepReader;
import io.jobmon.core.space.Space;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The results of a sweep as plots need them. */
final class StoredSource<P, R> implements PlotSource {

    private final SweepReader reader;
    private final Space<P> space;
    private final OutcomeType<R> outcome;
    private final Supplier<String> heading;

    StoredSource(SweepReader reader, Space<P> space, OutcomeType<R> outcome, Supplier<String> heading) {
        this.reader = reader;
        this.space = space;
        this.outcome = outcome;
        this.heading = heading;
    }

    @Override
    public List<String> axes() {
        return space.names();
    }

    @Override
    public List<String> fields() {
        return outcome.columns().stream().map(Column::name).toList();
    }

    @Override
    public String heading() {
        return heading.get();
    }

    @Override
    public void check(String field) {
        outcome.numeric(field);
    }

    @Override
    public Summary summary(String field) {
        return new Statistics<>(space, outcome, field).of(reader);
    }

    @Override
    public void each(List<String> fields, Visitor visitor) {
        List<ToDoubleFunction<R>> numbers =
                fields.stream().map(outcome::numeric).toList();
        Outcomes<R> values = new Outcomes<>(outcome);
        BlockFeed feed = new BlockFeed(reader, new Bitmap(reader));
        while (feed.hasNext()) {
            StoredBlock block = feed.next();
            values.open(block);
            for (int i = 0; i < StoredBlock.SIZE; i++) {
                if (block.state(i) == StoredBlock.RESULT) {
                    long index = block.block() * StoredBlock.SIZE + i;
                    R value = values.value(i);
                    Supplier<Map<String, Object>> parameters = () -> space.values(space.pointOf(index));
                    visitor.visit(
                            Sample.hash(index),
                            parameters,
                            numbers.stream()
                                    .mapToDouble(number -> number.applyAsDouble(value))
                                    .toArray());
                }
            }
        }
    }

    @Override
    public void save(Path file, byte[] content) {
        NewFile.save(file, out -> out.write(content));
    }
}

package io.jobmon.core.result;

import io.jobmon.CsvColumns;
import io.jobmon.JobMonException;
import io.jobmon.Plot;
import io.jobmon.Result;
import io.jobmon.Results;
import io.jobmon.Summary;
import io.jobmon.core.codec.OutcomeType;
import io.jobmon.core.plot.DefaultPlot;
import io.jobmon.core.queue.StoredBlock;
import io.jobmon.core.queue.SweepReader;
import io.jobmon.core.space.Space;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The results of a sweep, read from Redis block by block as they are iterated.
 *
 * <p>Thread safety: any number of threads; each iterator for one.
 *
 * @param <P> the parameters
 * @param <R> the outcome
 */
public final class StoredResults<P, R> implements Results<P, R> {

    private final SweepReader reader;
    private final Space<P> space;
    private final OutcomeType<R> outcome;
    private final Supplier<String> heading;

    /**
     * Creates the view; reads nothing.
     *
     * @param reader the sweep
     * @param space its points
     * @param outcome its outcomes
     * @param heading the name of its job and the description, read when a plot is drawn
     */
    public StoredResults(SweepReader reader, Space<P> space, OutcomeType<R> outcome, Supplier<String> heading) {
        this.reader = reader;
        this.space = space;
        this.outcome = outcome;
        this.heading = heading;
    }

    @Override
    public Iterator<Result<P, R>> iterator() {
        return new Walk();
    }

    @Override
    public Stream<Result<P, R>> stream() {
        return StreamSupport.stream(
                () -> Spliterators.spliteratorUnknownSize(
                        iterator(), Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
                Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE,
                false);
    }

    @Override
    public Summary summary(String field) {
        if (field == null) {
            throw new JobMonException("The field is null; give the name of a number of the outcome.");
        }
        return new Statistics<>(space, outcome, field).of(reader);
    }

    @Override
    public Plot plot() {
        return new DefaultPlot(new StoredSource<>(reader, space, outcome, heading));
    }

    @Override
    public void writeCsv(Path file) {
        writeCsv(file, CsvColumns.RESULT);
    }

    @Override
    public void writeCsv(Path file, CsvColumns columns) {
        if (columns == null) {
            throw new JobMonException("The columns are null; give CsvColumns.RESULT or WITH_RUN.");
        }
        NewFile.write(file, new Csv<>(reader, space, outcome, columns));
    }

    @Override
    public void writeJsonLines(Path file) {
        NewFile.write(file, new JsonLines<>(reader, space, outcome));
    }

    private final class Walk implements Iterator<Result<P, R>> {

        private final BlockFeed feed = new BlockFeed(reader, new Bitmap(reader));
        private final Outcomes<R> values = new Outcomes<>(outcome);
        private final Deque<Result<P, R>> ready = new ArrayDeque<>(StoredBlock.SIZE);

        @Override
        public boolean hasNext() {
            while (ready.isEmpty()) {
                if (!feed.hasNext()) {
                    return false;
                }
                StoredBlock block = feed.next();
                values.open(block);
                for (int i = 0; i < StoredBlock.SIZE; i++) {
                    if (block.state(i) == StoredBlock.RESULT) {
                        ready.add(StoredResult.success(reader, space, block, i, values.value(i)));
                    }
                }
            }
            return true;
        }

        @Override
        public Result<P, R> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("There are no more results.");
            }
            return ready.remove();
        }
    }
}

package io.jobmon;

import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The succeeded experiments of a sweep, by index. Nothing is held in memory: each iteration reads Redis anew.
 *
 * <p>Thread safety: any number of threads.
 *
 * @param <P> the parameters
 * @param <R> the outcome
 * @since 0.1
 */
public interface Results<P, R> extends Iterable<Result<P, R>> {

    /**
     * The results as a stream, by index.
     *
     * @return the stream
     */
    Stream<Result<P, R>> stream();

    /**
     * Statistics of one field of the outcome over the replicates of each point.
     *
     * @param field a number or a boolean (taken as 0 and 1) of the outcome, nested ones with dots; of a scalar outcome
     *     {@code value}
     * @return a row for each point that has an outcome
     * @throws JobMonException if there is no such field, or it is no number
     */
    Summary summary(String field);

    /**
     * Begins a picture of the results.
     *
     * @return the plot, to be told what to draw
     */
    Plot plot();

    /**
     * Writes index, parameters, replicate and the components of the outcome as CSV (RFC 4180, UTF-8, line feeds): nothing
     * that depends on the run, so the same sweep gives the same bytes. Written beside the file first, then renamed.
     *
     * @param file the file, replaced if it is there
     * @throws JobMonException if it cannot be written
     */
    void writeCsv(Path file);

    /**
     * Writes CSV with more columns.
     *
     * @param file the file, replaced if it is there
     * @param columns which columns
     * @throws JobMonException if it cannot be written
     */
    void writeCsv(Path file, CsvColumns columns);

    /**
     * Writes one JSON object a line: index, params, replicate, value.
     *
     * @param file the file, replaced if it is there
     * @throws JobMonException if it cannot be written
     */
    void writeJsonLines(Path file);
}

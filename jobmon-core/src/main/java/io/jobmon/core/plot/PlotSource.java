package io.jobmon.core.plot;

import io.jobmon.Summary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a plot needs of the results of a sweep. Thread safety: any number of threads. */
public interface PlotSource {

    /**
     * The parameters.
     *
     * @return their names
     */
    List<String> axes();

    /**
     * The fields of the outcome.
     *
     * @return their names; none if only the data tell
     */
    List<String> fields();

    /**
     * The name of the job and its description.
     *
     * @return a line
     */
    String heading();

    /**
     * Checks that a field is a number or a boolean.
     *
     * @param field the field
     * @throws io.jobmon.JobMonException if it is not, or there is none of this name; of a map only reading tells
     */
    void check(String field);

    /**
     * Statistics of a field over the replicates.
     *
     * @param field the field
     * @return a row for each point that has an outcome
     */
    Summary summary(String field);

    /**
     * Goes through the results.
     *
     * @param fields which fields
     * @param visitor is shown each
     */
    void each(List<String> fields, Visitor visitor);

    /**
     * Writes a file beside its place and renames it.
     *
     * @param file the file
     * @param content its bytes
     */
    void save(Path file, byte[] content);

    /** Is shown results. */
    @FunctionalInterface
    interface Visitor {

        /**
         * Looks at a result.
         *
         * @param rank not negative, of no meaning but the same each time: the results of the lowest ranks are a sample
         * @param parameters its parameters, computed when asked for
         * @param numbers a number for each field
         */
        void visit(long rank, Supplier<Map<String, Object>> parameters, double[] numbers);
    }
}

package io.jobmon;

/**
 * Which columns {@link Results#writeCsv(java.nio.file.Path, CsvColumns)} writes.
 *
 * @since 0.1
 */
public enum CsvColumns {
    /** Index, parameters, replicate, components of the outcome. */
    RESULT,
    /** Those, then attempts, elapsed (seconds) and worker. */
    WITH_RUN
}

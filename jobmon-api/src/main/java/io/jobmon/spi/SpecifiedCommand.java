package io.jobmon.spi;

import io.jobmon.CommandJob;
import java.nio.file.Path;

/**
 * A command job that tells the engine what it is made of.
 *
 * @param <R> the outcome
 */
public interface SpecifiedCommand<R> {

    /**
     * What the job is made of.
     *
     * @return the parts
     */
    CommandSpec<R> spec();

    /**
     * The job of a file that lies elsewhere than the program's folder.
     *
     * @param folder where relative paths of the job's files begin
     * @return a copy
     */
    CommandJob<R> in(Path folder);
}

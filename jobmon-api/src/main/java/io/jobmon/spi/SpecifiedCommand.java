package io.jobmon.spi;

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
}

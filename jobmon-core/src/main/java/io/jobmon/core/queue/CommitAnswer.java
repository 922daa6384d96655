package io.jobmon.core.queue;

import java.util.List;

/**
 * What became of outcomes.
 *
 * @param state the sweep's state, {@code gone} if it is not there any more
 * @param stored results that were the first of their index
 * @param dropped results that were not
 * @param dead dead letters made
 * @param again blocks to bring again as single results, for some of their indices have an outcome
 * @param refused results that Redis refused one by one, with the reason
 */
public record CommitAnswer(
        String state, long stored, long dropped, long dead, List<Long> again, List<Refused> refused) {

    /**
     * A result that was refused.
     *
     * @param index the experiment
     * @param reason why
     */
    public record Refused(long index, String reason) {}
}

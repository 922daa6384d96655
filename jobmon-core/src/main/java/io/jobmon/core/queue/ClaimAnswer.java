package io.jobmon.core.queue;

/** What a request for work is answered. */
public sealed interface ClaimAnswer {

    /**
     * Work.
     *
     * @param claim what to run
     * @param revision changes when the policy does
     * @param done results of the sweep so far
     * @param dead dead letters so far
     */
    record Work(Claim claim, long revision, long done, long dead) implements ClaimAnswer {}

    /**
     * Nothing to claim now.
     *
     * @param delayMillis until there is something for this worker, -1 if nothing is to be expected
     * @param suspects how many wait to be claimed alone
     * @param auditDue whether nothing is claimed or waiting, though outcomes are missing
     */
    record Nothing(long delayMillis, long suspects, boolean auditDue) implements ClaimAnswer {}

    /**
     * The sweep is not open.
     *
     * @param state its state, or gone
     */
    record Closed(String state) implements ClaimAnswer {}
}

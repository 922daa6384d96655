package io.jobmon.core.queue;

import java.time.Duration;

/**
 * A request for work.
 *
 * @param request its id: asked again with the same id, the same work is answered
 * @param worker who asks
 * @param most the most indices wanted, 1 to 4,096
 * @param least the least worth sending if there is that much: 1, or 128 for whole blocks
 * @param lease how long the claim holds without being renewed
 * @param allSlots the slots of all workers, so that each takes its share of what remains
 * @param others whether other workers hold the job
 * @param alone whether this worker runs nothing else, so that it may take a suspect
 */
public record ClaimRequest(
        String request,
        String worker,
        int most,
        int least,
        Duration lease,
        int allSlots,
        boolean others,
        boolean alone) {

    /** The most indices of one claim. */
    public static final int LIMIT = 4096;
}

package io.jobmon.core.queue;

/**
 * Where a sweep stands.
 *
 * @param state adopting, open, paused, complete, cancelled, cleaning, or gone
 * @param reason why it is paused
 * @param size experiments
 * @param done results
 * @param dead dead letters
 * @param claimed indices in claims
 * @param claims claims
 * @param waiting retries that wait
 * @param suspects indices that wait to be claimed alone
 * @param cursor all indices below it have been claimed once
 * @param top one past the highest index with an outcome
 * @param revision changes with every post
 * @param repaired holes that an audit gave back
 * @param dropped results that came second
 */
public record SweepStatus(
        String state,
        String reason,
        long size,
        long done,
        long dead,
        long claimed,
        long claims,
        long waiting,
        long suspects,
        long cursor,
        long top,
        long revision,
        long repaired,
        long dropped) {

    static SweepStatus of(Reply reply) {
        if (reply.is("gone")) {
            return new SweepStatus("gone", "", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }
        return new SweepStatus(
                reply.text(0),
                reply.text(1),
                reply.number(2),
                reply.number(3),
                reply.number(4),
                reply.number(5),
                reply.number(6),
                reply.number(7),
                reply.number(8),
                reply.number(9),
                reply.number(10),
                reply.number(11),
                reply.number(12),
                reply.number(13));
    }

    /**
     * Whether the sweep is there at all.
     *
     * @return false if it was cleaned or flushed
     */
    public boolean exists() {
        return !state.equals("gone");
    }
}

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
 * @param incarnation which server says that it is gone, as {@link Sweeps.Posted#incarnation}; empty if it is there
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
        String incarnation) {

    static SweepStatus of(Reply reply) {
        if (reply.is("gone")) {
            return new SweepStatus("gone", "", 0, 0, 0, 0, 0, 0, 0, reply.text(1));
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
                "");
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

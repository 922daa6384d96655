package io.jobmon.core.queue;

/**
 * Where a sweep stands.
 *
 * @param state adopting, open, paused, complete, cancelled, cleaning, or gone
 * @param incarnation which server says so, as {@link Sweeps.Posted#incarnation}
 * @param reason why it is paused
 * @param size experiments
 * @param done results
 * @param dead dead letters
 * @param claimed indices in claims
 * @param claims claims
 * @param waiting retries that wait
 * @param suspects indices that wait to be claimed alone
 */
public record SweepStatus(
        String state,
        String incarnation,
        String reason,
        long size,
        long done,
        long dead,
        long claimed,
        long claims,
        long waiting,
        long suspects) {

    static SweepStatus of(Reply reply) {
        if (reply.is("gone")) {
            return new SweepStatus("gone", reply.text(1), "", 0, 0, 0, 0, 0, 0, 0);
        }
        return new SweepStatus(
                reply.text(0),
                reply.text(1),
                reply.text(2),
                reply.number(3),
                reply.number(4),
                reply.number(5),
                reply.number(6),
                reply.number(7),
                reply.number(8),
                reply.number(9));
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

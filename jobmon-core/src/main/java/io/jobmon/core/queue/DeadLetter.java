package io.jobmon.core.queue;

/**
 * An experiment that failed for good.
 *
 * @param index the experiment
 * @param cause the cause's number, -1 if it is not among the first 1,000
 * @param attempts how many attempts it had
 * @param worker the number of the worker of the last, -1 if unknown
 * @param start when the last attempt began, ms since the post
 * @param wall how long it ran, microseconds
 * @param printed whether what its process printed was kept
 */
public record DeadLetter(long index, int cause, int attempts, int worker, long start, long wall, boolean printed) {

    /** Reads {@code cause|attempts|worker|start|wall|epoch}, or {@code ...|wall|o|epoch} of one with output. */
    static DeadLetter read(long index, byte[] stored) {
        String[] parts = Reply.text(stored).split("\\|");
        return new DeadLetter(
                index,
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]),
                parts.length > 6);
    }
}

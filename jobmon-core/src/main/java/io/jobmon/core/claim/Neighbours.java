package io.jobmon.core.claim;

/**
 * What a worker knows of the others, as of its last heartbeat.
 *
 * @param workers workers that hold one of the same jobs, this one included
 * @param slots their slots
 */
record Neighbours(int workers, int slots) {

    boolean others() {
        return workers > 1;
    }
}

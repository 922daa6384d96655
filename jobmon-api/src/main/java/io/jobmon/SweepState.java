package io.jobmon;

/**
 * The states of a sweep.
 *
 * @since 0.1
 */
public enum SweepState {
    /** Results of earlier sweeps of the same job are being taken over; nothing is claimed yet. */
    ADOPTING,
    /** Experiments are claimed and run. */
    OPEN,
    /** Stopped for a reason that {@code await} tells; what runs ends and is kept. */
    PAUSED,
    /** Every experiment has its outcome. */
    COMPLETE,
    /** Cancelled; results so far are kept. */
    CANCELLED,
    /** Being deleted. */
    CLEANING
}

package io.jobmon.core.run;

import io.jobmon.core.queue.Claim;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A claim on its way through one slot.
 *
 * @param <P> the parameters
 * @param <R> the outcome
 */
public final class Slice<P, R> {

    private final SweepRun<P, R> sweep;
    private final Claim claim;
    private final long made = System.nanoTime();
    private volatile boolean lost;
    private final AtomicInteger next = new AtomicInteger();

    /**
     * Makes a slice.
     *
     * @param sweep the sweep
     * @param claim the claim
     */
    public Slice(SweepRun<P, R> sweep, Claim claim) {
        this.sweep = sweep;
        this.claim = claim;
    }

    /**
     * The sweep.
     *
     * @return the sweep
     */
    public SweepRun<P, R> sweep() {
        return sweep;
    }

    /**
     * The claim.
     *
     * @return the claim
     */
    public Claim claim() {
        return claim;
    }

    /** Says that the claim is another worker's now: the rest is not begun. */
    public void lose() {
        lost = true;
    }

    /** When it was claimed, System.nanoTime(). */
    long made() {
        return made;
    }

    boolean lost() {
        return lost;
    }

    void reached(int k) {
        next.setRelease(k);
    }

    int reached() {
        return next.getAcquire();
    }

    /** How long what is left will take, as far as known. */
    long nanosLeft() {
        return (claim.span() - reached()) * sweep.pace();
    }
}

package io.jobmon;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an experiment runs: in a thread of the worker, or in a child JVM of its own, so that a crash, an exit, an exhausted
 * heap or an endless loop costs this one experiment.
 *
 * <p>Thread safety: immutable; the methods return copies.
 */
public final class Isolation {

    /** In a thread of the worker's JVM: the fastest, and the default. */
    public static final Isolation THREAD = new Isolation(false, null, 0);

    /**
     * In a child JVM, one per busy slot, forked from the worker's own class path and used for many experiments. The child
     * makes the job anew, so the job must be serializable, a record of serializable components, or without state and with
     * a constructor without arguments.
     */
    public static final Isolation PROCESS = new Isolation(true, null, 0);

    private static final Pattern HEAP = Pattern.compile("[1-9][0-9]{0,8}[kmgKMG]");

    private final boolean process;
    private final @Nullable String maxHeap;
    private final int renewAfter;

    private Isolation(boolean process, @Nullable String maxHeap, int renewAfter) {
        this.process = process;
        this.maxHeap = maxHeap;
        this.renewAfter = renewAfter;
    }

    /**
     * Limits the heap of a child. Default: (70 % of the machine's or container's memory - the worker's own heap) / slots.
     *
     * @param size digits and k, m or g, such as {@code "2g"}
     * @return a copy with the limit
     * @throws JobMonException if it is not such a text, or this is {@link #THREAD}
     */
    public Isolation maxHeap(String size) {
        requireProcess("maxHeap");
        if (size == null || !HEAP.matcher(size).matches()) {
            throw new JobMonException(
                    "maxHeap is '" + size + "'; give digits and k, m or g, such as \"512m\" or \"2g\".");
        }
        return new Isolation(process, size.toLowerCase(Locale.ROOT), renewAfter);
    }

    /**
     * Replaces a child by a fresh one after some experiments, against leaks. A child whose heap stays almost full is replaced
     * anyway.
     *
     * @param experiments how many, at least 1
     * @return a copy with the limit
     * @throws JobMonException if it is less than 1, or this is {@link #THREAD}
     */
    public Isolation renewAfter(int experiments) {
        requireProcess("renewAfter");
        if (experiments < 1) {
            throw new JobMonException("renewAfter is " + experiments + "; give at least 1.");
        }
        return new Isolation(process, maxHeap, experiments);
    }

    private void requireProcess(String what) {
        if (!process) {
            throw new JobMonException(
                    what + " is for child JVMs; write Isolation.PROCESS." + what + "(..), a thread has none of it.");
        }
    }

    /**
     * Whether it is a child JVM.
     *
     * @return true if so, false for a thread
     */
    public boolean isProcess() {
        return process;
    }

    /**
     * The limit that was given to a child's heap.
     *
     * @return digits and k, m or g; empty: by the machine's memory
     */
    public Optional<String> maxHeap() {
        return Optional.ofNullable(maxHeap);
    }

    /**
     * After how many experiments a child is replaced.
     *
     * @return the number; empty: no limit
     */
    public OptionalInt renewAfter() {
        return renewAfter == 0 ? OptionalInt.empty() : OptionalInt.of(renewAfter);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Isolation that
                && process == that.process
                && renewAfter == that.renewAfter
                && maxHeap().equals(that.maxHeap());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return (process ? "PROCESS" : "THREAD")
                + (maxHeap == null ? "" : ", maxHeap " + maxHeap)
                + (renewAfter == 0 ? "" : ", renewed after " + renewAfter);
    }
}

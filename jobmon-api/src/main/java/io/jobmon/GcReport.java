package io.jobmon;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@link JobMon#gc} has removed, or what {@link JobMon#gcPreview} says that it would remove. Results are never among it.
 *
 * @param removed whether it is done, or only said
 * @param items what and why, a line each
 * @param unreached hosts of fleets that could not be asked, each with the reason; what lies there is not in the report
 * @since 0.1
 */
public record GcReport(boolean removed, List<Item> items, List<String> unreached) {

    /** Kinds of garbage. */
    public enum Kind {
        /**
         * A sweep without outcome, checkpoint and claim that no worker of the last day holds the code of, and that nobody has
         * posted for a day.
         */
        SWEEP,
        /**
         * A sweep that was being posted, and had taken over results of other sweeps of its job, when its poster ended, and that
         * nobody has posted for a day. Those sweeps still have the results.
         */
        LEFTOVER,
        /** A job that has no sweeps any more, and was not posted for a day. */
        JOB,
        /** An entry of a list that names a sweep that is gone. */
        ENTRY,
        /** A worker that has been silent for a day. */
        WORKER,
        /**
         * A bundle on a host of a fleet of this JobMon, which is neither among the last ones used there ({@link
         * Fleet.Builder#keep}) nor run from by anything that was launched. Its id is the host's name, a colon, and the bundle.
         */
        BUNDLE
    }

    /**
     * A piece of garbage.
     *
     * @param kind what it is
     * @param id which
     * @param why why it is garbage
     */
    public record Item(Kind kind, String id, String why) {

        /**
         * The piece and why.
         *
         * @return one line
         */
        @Override
        public String toString() {
            return kind.name().toLowerCase(java.util.Locale.ROOT) + " " + id + ": " + why;
        }
    }

    /**
     * Copies the lists.
     *
     * @param removed whether it is done
     * @param items what and why
     * @param unreached hosts that could not be asked
     */
    public GcReport {
        items = List.copyOf(items);
        unreached = List.copyOf(unreached);
    }

    /**
     * A report for which every host was asked.
     *
     * @param removed whether it is done
     * @param items what and why
     */
    public GcReport(boolean removed, List<Item> items) {
        this(removed, items, List.of());
    }

    /**
     * What was, or would be, removed.
     *
     * @return a line each
     */
    @Override
    public String toString() {
        String found = items.isEmpty()
                ? "There is no garbage."
                : (removed ? "Removed:\n" : "Would be removed:\n")
                        + items.stream().map(item -> "  " + item).collect(Collectors.joining("\n"));
        return unreached.isEmpty() ? found : found + "\nNot looked at:\n  " + String.join("\n  ", unreached);
    }
}

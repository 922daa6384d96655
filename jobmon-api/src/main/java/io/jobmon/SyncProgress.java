package io.jobmon;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a {@link Fleet#sync} is.
 *
 * <p>Thread safety: immutable.
 *
 * @param hosts how many hosts it deals with
 * @param hostsDone how many have all they need
 * @param bytes what has to be moved, to all hosts that have said what they lack; it grows until all have
 * @param moved how many bytes of it have been moved
 * @param elapsed since the beginning
 * @param ended whether it has ended, well or not: said once, the last time
 * @since 0.1
 */
public record SyncProgress(int hosts, int hostsDone, long bytes, long moved, Duration elapsed, boolean ended) {

    private static final double MEGABYTE = 1e6;

    /**
     * Hosts, and megabytes of 1,000,000 bytes.
     *
     * @return such as {@code 3 of 10 hosts, 12.3 of 45.0 MB}
     */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%d of %d hosts, %.1f of %.1f MB", hostsDone, hosts, moved / MEGABYTE, bytes / MEGABYTE);
    }
}

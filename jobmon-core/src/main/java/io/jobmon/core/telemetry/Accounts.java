package io.jobmon.core.telemetry;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many entries each worker had, and how many of them have come. Bounded: of those that have been silent for longest only
 * the sum is kept.
 *
 * <p>Thread safety: any number of threads.
 */
final class Accounts {

    private static final int MOST = 4096;

    private final Map<String, Account> accounts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Account> eldest) {
            if (size() <= MOST) {
                return false;
            }
            closed += eldest.getValue().lost();
            return true;
        }
    };

    /** What was lost of those that are no longer kept. */
    private long closed;

    private record Account(long total, long come) {
        Account and(Account later) {
            return new Account(Math.max(total, later.total), come + later.come);
        }

        long lost() {
            return Math.max(0, total - come);
        }
    }

    /** Notes a packet: how many there were in all when it was sent, and how many came with it. */
    synchronized void add(String worker, long total, long come) {
        accounts.merge(worker, new Account(total, come), Account::and);
    }

    synchronized long lost() {
        return closed + accounts.values().stream().mapToLong(Account::lost).sum();
    }
}

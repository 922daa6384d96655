package io.jobmon.core.run;

import io.jobmon.JobMonListener;
import java.util.ArrayList;
import java.util.List;

/**
 * Those who want to be told of events. With none, events are not even made.
 *
 * <p>Thread safety: any number of threads.
 */
public final class Listeners implements AutoCloseable {

    /** Nobody. */
    public static final Listeners NONE = new Listeners(List.of(), List.of());

    private final List<Mailbox> all;

    /** Those that end with this object; the others belong to somebody else. */
    private final List<Mailbox> own;

    private Listeners(List<Mailbox> all, List<Mailbox> own) {
        this.all = all;
        this.own = own;
    }

    /**
     * Gives each listener a queue and a thread.
     *
     * @param listeners the listeners
     * @return them; to be closed
     */
    public static Listeners of(List<JobMonListener> listeners) {
        return NONE.and(listeners);
    }

    /**
     * These and some more.
     *
     * @param more the others
     * @return all of them; closing it ends the others alone
     */
    public Listeners and(List<JobMonListener> more) {
        if (more.isEmpty()) {
            return new Listeners(all, List.of());
        }
        List<Mailbox> added = more.stream().map(Mailbox::new).toList();
        List<Mailbox> both = new ArrayList<>(all);
        both.addAll(added);
        return new Listeners(List.copyOf(both), added);
    }

    /**
     * Whether there is any.
     *
     * @return false if telling is of no use
     */
    public boolean any() {
        return !all.isEmpty();
    }

    /**
     * Tells all of an event. Does not wait.
     *
     * @param event one of the records of {@link JobMonListener}
     */
    public void tell(Record event) {
        for (Mailbox mailbox : all) {
            mailbox.put(event);
        }
    }

    /** Tells what waits, for a short while, and ends. */
    @Override
    public void close() {
        own.forEach(Mailbox::finish);
        long end = System.nanoTime() + Mailbox.LAST_NANOS;
        own.forEach(mailbox -> mailbox.awaitEnd(end));
    }
}

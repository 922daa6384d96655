package io.jobmon.tests;

import io.jobmon.JobMonListener;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps every event. */
class Recorder implements JobMonListener {

    private final Queue<Record> events = new ConcurrentLinkedQueue<>();

    /** Keeps one more. */
    void take(Record event) {
        events.add(event);
    }

    <E extends Record> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void posted(Posted event) {
        take(event);
    }

    @Override
    public void claimed(Claimed event) {
        take(event);
    }

    @Override
    public void started(Started event) {
        take(event);
    }

    @Override
    public void retried(Retried event) {
        take(event);
    }

    @Override
    public void finished(Finished event) {
        take(event);
    }

    @Override
    public void failed(Failed event) {
        take(event);
    }

    @Override
    public void released(Released event) {
        take(event);
    }

    @Override
    public void lost(Lost event) {
        take(event);
    }

    @Override
    public void missed(Missed event) {
        take(event);
    }
}

package io.jobmon.core.queue;

/** What a call throws while Redis is out of reach, for tests elsewhere. */
public final class Outage {

    private Outage() {}

    public static QueueException exception() {
        return new QueueException("Redis is out of reach.", null);
    }
}

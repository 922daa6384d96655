package io.jobmon.core.run;

import io.jobmon.JobMonListener;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which method of a listener takes which event. */
enum Event {
    POSTED(JobMonListener.Posted.class, JobMonListener::posted),
    CLAIMED(JobMonListener.Claimed.class, JobMonListener::claimed),
    STARTED(JobMonListener.Started.class, JobMonListener::started),
    RETRIED(JobMonListener.Retried.class, JobMonListener::retried),
    FINISHED(JobMonListener.Finished.class, JobMonListener::finished),
    FAILED(JobMonListener.Failed.class, JobMonListener::failed),
    RELEASED(JobMonListener.Released.class, JobMonListener::released),
    LOST(JobMonListener.Lost.class, JobMonListener::lost),
    MISSED(JobMonListener.Missed.class, JobMonListener::missed);

    private static final Map<Class<?>, Event> BY_TYPE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(event -> event.type, Function.identity()));

    private final Class<?> type;
    private final BiConsumer<JobMonListener, Record> method;

    <E extends Record> Event(Class<E> type, BiConsumer<JobMonListener, E> method) {
        this.type = type;
        this.method = (listener, event) -> method.accept(listener, type.cast(event));
    }

    static Event of(Record event) {
        Event known = BY_TYPE.get(event.getClass());
        if (known == null) {
            throw new IllegalArgumentException("No listener knows " + event.getClass());
        }
        return known;
    }

    void tell(JobMonListener listener, Record event) {
        method.accept(listener, event);
    }
}

package io.jobmon.core.telemetry;

import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Listens to what this JVM logs, on behalf of a worker. */
public interface LogTap extends AutoCloseable {

    /**
     * Listens from now on, if what logs here is Logback.
     *
     * @param relay where it goes
     * @param whole whether the JVM is the worker's, so that all lines are its own; else those of its slots and of JobMon
     * @return the tap, empty if something else logs here
     */
    static Optional<LogTap> open(Relay relay, boolean whole) {
        // By name: without Logback its classes must not be looked for.
        return LoggerFactory.getILoggerFactory().getClass().getName().equals("ch.qos.logback.classic.LoggerContext")
                ? Optional.of(LogbackTap.attach(relay, whole))
                : Optional.empty();
    }

    /** Listens no more. */
    @Override
    void close();
}

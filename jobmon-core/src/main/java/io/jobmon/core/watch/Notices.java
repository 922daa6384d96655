package io.jobmon.core.watch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;

/** Says what a person should know: to the log, or, where the program has none, to standard error. */
public final class Notices {

    private static final Logger LOG = LoggerFactory.getLogger("io.jobmon");

    private Notices() {}

    /**
     * Says one line.
     *
     * @param line the line, without secrets
     */
    public static void say(String line) {
        if (LoggerFactory.getILoggerFactory() instanceof NOPLoggerFactory) {
            System.err.println("JobMon: " + line);
        } else {
            LOG.warn(line);
        }
    }
}

package io.jobmon;

import java.util.function.Consumer;

/**
 * What workers say at this moment: log lines, what isolated experiments print, and how far experiments are. It comes straight
 * from the workers, is stored nowhere, and may be lost: whoever is absent, slow or dead never slows an experiment. What ends
 * well or badly stands in the results.
 *
 * <p>Log lines are those of the worker's slots and of JobMon, and in a JVM of which {@link Worker.Builder#run} made a worker
 * those of the whole JVM, through Logback, at the levels that its configuration lets pass. Workers whose SLF4J is bound to
 * something else say nothing of their log; the lines of their child JVMs and programs, and progress, come all the same.
 *
 * <p>The workers connect to this program: on the loopback interface when Redis is there, else on the address from which this
 * machine reaches Redis. Connections are encrypted, and only workers that stand in Redis are let in (CurveZMQ, ZeroMQ RFC 26,
 * with an allow-list, RFC 27). A firewall between leaves it silent.
 *
 * <p>Consumers are called one at a time on a thread of the monitor, in the order of each worker's lines. A slow one makes
 * workers leave lines out, see {@link #lost}; what one throws is logged, and the next line comes all the same. Texts hold no
 * control characters but tabs and line ends, so that they cannot steer a terminal.
 *
 * <p>Thread safety: any number of threads.
 *
 * @since 0.1
 */
public interface Monitor extends AutoCloseable {

    /**
     * Is told each line from now on.
     *
     * @param consumer takes lines
     * @return this
     */
    Monitor onLine(Consumer<? super LogLine> consumer);

    /**
     * Is told how far experiments are, each time that one says so and it has changed by a thousandth.
     *
     * @param consumer takes what they say
     * @return this
     */
    Monitor onProgress(Consumer<? super ProgressLine> consumer);

    /**
     * How many lines, of the log and of progress, did not arrive: workers have left them out, because there were too many, or
     * because this program was too slow to take them, or they were lost on the way.
     *
     * @return the number, as far as the workers could say it; for a moment those that are on their way may be among it
     */
    long lost();

    /** Ends it: the workers let go. Idempotent. */
    @Override
    void close();
}

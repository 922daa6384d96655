package io.jobmon;

import io.jobmon.spi.Engine;

/**
 * Runs experiments, several at once, until told to stop.
 *
 * <p>Thread safety: any number of threads.
 *
 * @since 0.1
 */
public interface Worker extends AutoCloseable {

    /**
     * Builds a worker from environment variables, as a launcher sets them:
     *
     * <ul>
     *   <li>{@code JOBMON_REDIS} (a URI) or {@code JOBMON_REDIS_FILE} (a file that holds one; with {@code
     *       JOBMON_REDIS_ONCE=true} it is deleted once read), {@code JOBMON_NAMESPACE}
     *   <li>{@code JOBMON_SLOTS}, {@code JOBMON_TAGS} (with commas), {@code JOBMON_HEARTBEAT} (as {@link
     *       JobMonOptions#heartbeat}, {@code PT3S})
     *   <li>{@code JOBMON_IDLE}: it ends when it has run nothing for so long, {@code PT1H}
     *   <li>{@code JOBMON_END_TIME} (seconds since 1970), {@code JOBMON_WALLTIME} (since the start of the JVM, {@code PT4H})
     *       or Slurm's {@code SLURM_JOB_END_TIME}: when its allocation ends. It begins nothing that does not fit, and stops in
     *       order before that
     *   <li>{@code JOBMON_LAUNCH}, {@code JOBMON_PLACE}: who launched it and where, see {@link WorkerStatus}; {@code
     *       JOBMON_LOG}: the file to which what it prints is appended, to be kept from growing
     *   <li>{@code JOBMON_SYSLOG}: a syslog server, see {@link Builder#syslog}
     * </ul>
     *
     * @return the builder
     * @throws JobMonException if a variable is missing or makes no sense
     */
    static Builder fromEnvironment() {
        return Engine.find().workerFromEnvironment(System.getenv());
    }

    /**
     * The worker's id, as it stands in {@link Result#worker()}.
     *
     * @return the id
     */
    String id();

    /** Stops: claims nothing more, finishes or gives back what it has, commits, leaves. Idempotent. */
    @Override
    void close();

    /** Says what a worker runs, and how much at once. For one thread. */
    interface Builder {

        /**
         * Adds a job that the worker can run.
         *
         * @param job the job
         * @return this
         * @throws JobMonException if the job's types or state cannot be told, or there is one of this name already
         */
        Builder job(Job<?, ?> job);

        /**
         * How many experiments run at once. Default: one per core.
         *
         * @param number from 1 to {@value JobMonOptions#MAX_SLOTS}
         * @return this
         * @throws JobMonException if it is out of range
         */
        Builder slots(int number);

        /**
         * What the worker's machine offers, see {@link Posting#requires}.
         *
         * @param tags the tags: words without comma, at most 128 characters
         * @return this
         * @throws JobMonException if a tag is blank or too long, or holds a comma
         */
        Builder tags(String... tags);

        /**
         * Adds options of the JVMs in which experiments run that are posted with {@link Isolation#PROCESS}, such as {@code
         * "-ea"} or {@code "-Xss8m"}. They stay on this machine: no post can change them.
         *
         * @param options the options
         * @return this
         * @throws JobMonException if one is blank, is no option, or sets the heap's limit (that is {@link Isolation#maxHeap})
         */
        Builder childJvmOptions(String... options);

        /**
         * Sets an environment variable of child JVMs. They inherit the worker's others, without those of JobMon.
         *
         * @param name the variable
         * @param value its value
         * @return this
         * @throws JobMonException if the name is blank, holds '=' or begins with JOBMON_
         */
        Builder childEnvironment(String name, String value);

        /**
         * Sends what the worker logs and what its experiments print to a syslog server too: RFC 5424, with experiment, job,
         * worker and host as structured data {@code jobmon@32473}. A server that is away costs nothing; lines are lost
         * meanwhile. What is logged is as for {@link Monitor}.
         *
         * @param uri {@code udp://host:port}, {@code tcp://host:port} or {@code tls://host:port}; the port may be left out
         *     (514, 514, 6514, as RFC 5426, 6587 and 5425 say). With {@code tls} the server's certificate must be for this host and
         *     come from an authority that the JVM trusts, or from that of {@code ?ca=/path/to/ca.pem}
         * @return this
         * @throws JobMonException if it is no such URI, or the authority's file cannot be read
         */
        Builder syslog(String uri);

        /**
         * Adds a listener: it is told of what this worker does, beside those of {@link JobMonOptions#listener}.
         *
         * @param listener the listener
         * @return this
         * @throws JobMonException if it is null
         */
        Builder listener(JobMonListener listener);

        /**
         * Starts the worker and returns.
         *
         * @return the worker; close it
         * @throws JobMonException if it has no job, or Redis is out of reach
         */
        Worker start();

        /**
         * Starts the worker and returns when it has stopped: after a signal (SIGTERM, SIGINT: what runs is given back in
         * order), because {@code workers:stop} in Redis says so, before its allocation ends, when it has been idle for too
         * long, or because its slots are stuck (then the JVM ends with exit code 75).
         *
         * @throws JobMonException if it has no job, or Redis is out of reach at the start
         */
        void run();
    }
}

package io.jobmon;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hosts on which workers of a program run: what they need is brought there, workers are started, looked after and stopped.
 * Hosts are dealt with side by side. Where a method takes names of hosts, none means all.
 *
 * <p>Thread safety: any number of threads; each host is used by one at a time.
 *
 * @since 0.1
 */
public interface Fleet extends AutoCloseable {

    /**
     * Brings the program to hosts: its class path, the files of its command jobs, and data. What a host has already, with the
     * same content, is not moved. Interrupted, it can be called again and goes on.
     *
     * @param hosts names of hosts
     * @throws JobMonException if a host could not be dealt with; the others were. The message says which, why, and what to do
     */
    void sync(String... hosts);

    /**
     * As {@link #sync}, without data.
     *
     * @param hosts names of hosts
     * @throws JobMonException as {@link #sync}
     */
    void quickSync(String... hosts);

    /**
     * Starts workers on hosts that have this program. Each host is checked first. Returns when each worker has said in Redis
     * that it lives, or, on a batch scheduler, when the array is accepted. Workers outlive this program.
     *
     * @param hosts names of hosts
     * @throws JobMonException if a worker did not start: the message holds its last words; those that did start go on
     */
    void launch(String... hosts);

    /**
     * Stops all workers on hosts, whoever launched them and however long ago: asked first, to finish or give back what they
     * run, then ended. Nothing of them stays but bundles, data and logs.
     *
     * @param hosts names of hosts
     * @throws JobMonException if a host could not be dealt with; the others were
     */
    void stop(String... hosts);

    /**
     * Looks what runs on each host.
     *
     * @return in the order of the hosts
     * @throws JobMonException if a host cannot be reached
     */
    List<HostStatus> status();

    /**
     * The hosts, as they were understood: print them.
     *
     * @return in the order in which they were given
     */
    List<Host> hosts();

    /**
     * Fetches the end of the logs of a host's workers.
     *
     * @param host the host's name
     * @return the last 200 lines of each worker, the newest last
     * @throws JobMonException if there is no such host, or it cannot be reached
     */
    List<String> logs(String host);

    /** Closes connections to hosts; workers go on. Idempotent. */
    @Override
    void close();

    /** Says which hosts, and what runs there. For one thread. */
    interface Builder {

        /**
         * The program of the workers: a class whose {@code main} runs {@link Worker#fromEnvironment()}.
         *
         * @param main the class
         * @return this
         * @throws JobMonException if it has no main method
         */
        Builder main(Class<?> main);

        /**
         * Adds command jobs whose files are to be brought to hosts. Jobs without files are welcome.
         *
         * @param jobs the jobs
         * @return this
         */
        Builder job(Job<?, ?>... jobs);

        /**
         * Adds a host.
         *
         * @param host the host
         * @return this
         * @throws JobMonException if there is one of this name already
         */
        Builder host(Host host);

        /**
         * Adds the hosts that a file lists under {@code hosts:}.
         *
         * @param yaml the file, {@code jobmon.yaml}
         * @return this
         * @throws JobMonException if it cannot be read or understood: the message has line and column
         */
        Builder hosts(Path yaml);

        /**
         * Adds data that {@link Fleet#sync} brings to each host.
         *
         * @param local a file or a folder here
         * @param remote where it is to lie there: absolute, or below the folder that workers start in, so that a job opens it
         *     as {@code Path.of(remote)}
         * @return this
         * @throws JobMonException if it is not there, or the path leads upwards
         */
        Builder data(Path local, String remote);

        /**
         * Runs here before a host is synchronised.
         *
         * @param action what to do
         * @return this
         */
        Builder beforeSync(Consumer<? super Host> action);

        /**
         * Runs here after a host was synchronised.
         *
         * @param action what to do
         * @return this
         */
        Builder afterSync(Consumer<? super Host> action);

        /**
         * Who is told how far a sync is: about five times a second, on one thread at a time. Without this it is a bar on
         * standard error if that is a terminal, else nobody.
         *
         * @param listener hears of it; what it throws ends the sync of the host that was being told of
         * @return this
         */
        Builder progress(Consumer<? super SyncProgress> listener);

        /**
         * After how long without work, or without Redis, workers end by themselves. Default: an hour.
         *
         * @param time at least a second
         * @return this
         * @throws JobMonException if it is shorter
         */
        Builder idle(Duration time);

        /**
         * How long workers that are stopped may finish what they run. Default: 10 seconds.
         *
         * @param time not negative
         * @return this
         * @throws JobMonException if it is negative
         */
        Builder grace(Duration time);

        /**
         * How many bundles stay on a host, besides those that workers run from. Default: 3.
         *
         * @param bundles at least 1
         * @return this
         * @throws JobMonException if it is less
         */
        Builder keep(int bundles);

        /**
         * Makes the fleet; no host is looked for yet.
         *
         * @return the fleet
         * @throws JobMonException if there is no host or no main class
         */
        Fleet build();
    }
}

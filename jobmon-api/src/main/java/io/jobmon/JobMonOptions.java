package io.jobmon;

import io.jobmon.spi.ChildSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is and how a {@link JobMon} behaves. Every method returns a changed copy.
 *
 * <p>Thread safety: immutable.
 *
 * @since 0.1
 */
public final class JobMonOptions {

    /** The largest number of slots of one worker. */
    public static final int MAX_SLOTS = 1024;

    private final @Nullable String uri;
    private final @Nullable Path directory;
    private final int slots;
    private final String namespace;
    private final @Nullable Duration failWithoutWorkers;
    private final Duration heartbeat;
    private final ChildSettings children;
    private final List<JobMonListener> listeners;

    private JobMonOptions(
            @Nullable String uri,
            @Nullable Path directory,
            int slots,
            String namespace,
            @Nullable Duration failWithoutWorkers,
            Duration heartbeat,
            ChildSettings children,
            List<JobMonListener> listeners) {
        this.uri = uri;
        this.directory = directory;
        this.slots = slots;
        this.namespace = namespace;
        this.failWithoutWorkers = failWithoutWorkers;
        this.heartbeat = heartbeat;
        this.children = children;
        this.listeners = listeners;
    }

    /**
     * A Redis server.
     *
     * @param uri {@code redis://[[user:]password@]host[:port][/database]} {@code rediss://...} or {@code redis-sentinel://...}
     * @return the options
     * @throws JobMonException if the URI is empty
     */
    public static JobMonOptions redis(String uri) {
        if (uri == null || uri.isBlank()) {
            throw new JobMonException("The Redis URI is empty; give one such as redis://localhost:6379.");
        }
        return new JobMonOptions(uri, null, 0, "jobmon", null, Duration.ofSeconds(3), ChildSettings.NONE, List.of());
    }

    /**
     * A Redis server of the program's own, with workers in this JVM.
     *
     * @return the options
     */
    public static JobMonOptions local() {
        return new JobMonOptions(
                null,
                null,
                Runtime.getRuntime().availableProcessors(),
                "jobmon",
                null,
                Duration.ofSeconds(3),
                ChildSettings.NONE,
                List.of());
    }

    /**
     * How many experiments the workers of a local instance run at once. Default: one per core.
     *
     * @param number from 1 to {@value #MAX_SLOTS}
     * @return the changed options
     * @throws JobMonException if it is out of range, or these options name a server: give slots to the worker then
     */
    public JobMonOptions slots(int number) {
        requireLocal("slots");
        if (number < 1 || number > MAX_SLOTS) {
            throw new JobMonException("slots is " + number + "; give 1 to " + MAX_SLOTS + ".");
        }
        return new JobMonOptions(uri, directory, number, namespace, failWithoutWorkers, heartbeat, children, listeners);
    }

    /**
     * Keeps what is posted and done in a folder. Default: all is gone at the end.
     *
     * @param dir the folder
     * @return the changed options
     * @throws JobMonException if these options name a server
     */
    public JobMonOptions directory(Path dir) {
        requireLocal("directory");
        if (dir == null) {
            throw new JobMonException("The directory is null; give a folder to keep results in.");
        }
        return new JobMonOptions(uri, dir, slots, namespace, failWithoutWorkers, heartbeat, children, listeners);
    }

    /**
     * The prefix of all keys in Redis, so that several groups can share a server. Default {@code jobmon}.
     *
     * @param name letters, digits, dot, dash and underscore, at most 64
     * @return the changed options
     * @throws JobMonException if it has other characters
     */
    public JobMonOptions namespace(String name) {
        if (name == null || !name.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new JobMonException("The namespace '" + name
                    + "' is not 1 to 64 letters, digits, dots, dashes and underscores; choose another.");
        }
        return new JobMonOptions(uri, directory, slots, name, failWithoutWorkers, heartbeat, children, listeners);
    }

    /**
     * Makes {@code await} give up when for this long no live worker could run the sweep. Default: it waits for ever, except
     * in a local instance.
     *
     * @param patience how long to wait for a worker, at least a second
     * @return the changed options
     * @throws JobMonException if it is shorter
     */
    public JobMonOptions failWithoutWorkers(Duration patience) {
        if (patience == null || patience.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new JobMonException("failWithoutWorkers is " + patience + "; give at least one second.");
        }
        return new JobMonOptions(uri, directory, slots, namespace, patience, heartbeat, children, listeners);
    }

    /**
     * How often workers say that they live. A worker silent for four heartbeats has lost what it was running. All programs
     * of one namespace should agree. Default 3 seconds.
     *
     * @param interval from 100 milliseconds to a minute
     * @return the changed options
     * @throws JobMonException if it is out of range
     */
    public JobMonOptions heartbeat(Duration interval) {
        if (interval == null
                || interval.compareTo(Duration.ofMillis(100)) < 0
                || interval.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new JobMonException("heartbeat is " + interval + "; give 100 ms to 1 min.");
        }
        return new JobMonOptions(uri, directory, slots, namespace, failWithoutWorkers, interval, children, listeners);
    }

    /**
     * Adds options of the JVMs in which experiments run that are posted with {@link Isolation#PROCESS}. For local(); on a
     * server they belong to {@link Worker.Builder#childJvmOptions}.
     *
     * @param options the options, such as {@code "-ea"}
     * @return a copy
     * @throws JobMonException if one is blank, is no option, or sets the heap's limit (that is {@link Isolation#maxHeap})
     */
    public JobMonOptions childJvmOptions(String... options) {
        requireLocal("childJvmOptions");
        return with(children.jvmOptions(options));
    }

    /**
     * Sets an environment variable of child JVMs. For local(); on a server it belongs to {@link
     * Worker.Builder#childEnvironment}.
     *
     * @param name the variable
     * @param value its value
     * @return a copy
     * @throws JobMonException if the name is blank, holds '=' or begins with JOBMON_
     */
    public JobMonOptions childEnvironment(String name, String value) {
        requireLocal("childEnvironment");
        return with(children.environment(name, value));
    }

    /**
     * Adds a listener: it is told of what is posted through this JobMon, and of what the workers do that it starts.
     *
     * @param listener the listener
     * @return the changed options
     * @throws JobMonException if it is null
     */
    public JobMonOptions listener(JobMonListener listener) {
        if (listener == null) {
            throw new JobMonException("The listener is null; give one, or leave it out.");
        }
        List<JobMonListener> more = new ArrayList<>(listeners);
        more.add(listener);
        return new JobMonOptions(
                uri, directory, slots, namespace, failWithoutWorkers, heartbeat, children, List.copyOf(more));
    }

    private JobMonOptions with(ChildSettings settings) {
        return new JobMonOptions(uri, directory, slots, namespace, failWithoutWorkers, heartbeat, settings, listeners);
    }

    private void requireLocal(String what) {
        if (uri != null) {
            throw new JobMonException(
                    what + " belongs to JobMonOptions.local(); on a server, give it to jobmon.worker().");
        }
    }

    /**
     * The server's URI. It may hold a password: never print it.
     *
     * @return the URI, empty for a local instance
     */
    public Optional<String> uri() {
        return Optional.ofNullable(uri);
    }

    /**
     * The folder of a local instance.
     *
     * @return the folder, empty if nothing is kept
     */
    public Optional<Path> directory() {
        return Optional.ofNullable(directory);
    }

    /**
     * The slots of a local instance.
     *
     * @return the number, 0 for a server
     */
    public int slots() {
        return slots;
    }

    /**
     * The prefix of all keys.
     *
     * @return the namespace
     */
    public String namespace() {
        return namespace;
    }

    /**
     * How long {@code await} waits for a worker.
     *
     * @return the time, empty for ever
     */
    public Optional<Duration> failWithoutWorkers() {
        return Optional.ofNullable(failWithoutWorkers);
    }

    /**
     * How often workers say that they live.
     *
     * @return the interval
     */
    public Duration heartbeat() {
        return heartbeat;
    }

    /**
     * How child JVMs of local() are set up.
     *
     * @return their options and environment
     */
    public ChildSettings children() {
        return children;
    }

    /**
     * Who is told of what happens.
     *
     * @return the listeners, in the order in which they were added
     */
    public List<JobMonListener> listeners() {
        return listeners;
    }

    /**
     * The options without secrets.
     *
     * @return a line
     */
    @Override
    public String toString() {
        return (uri == null ? "local" + (directory == null ? "" : " " + directory) : "redis") + ", namespace "
                + namespace;
    }
}

package io.jobmon;

import io.jobmon.spi.Engine;
import java.nio.file.Path;
import java.util.List;

/**
 * The door to a queue of sweeps in Redis.
 *
 * <pre>{@code
 * try (JobMon jobmon = JobMon.local()) {
 *     Sweep<Params, Outcome> sweep = jobmon.post(new Percolation())
 *             .replicates(100)
 *             .sweep(ParamSpace.grid().axis("p", Axis.linspace(0.50, 0.70, 21)).axis("n", 64, 128));
 *     sweep.await(ProgressBar.console());
 *     System.out.println(sweep.results().summary("spans"));
 * }
 * }</pre>
 *
 * <p>Thread safety: any number of threads.
 *
 * @since 0.1
 */
public interface JobMon extends AutoCloseable {

    /**
     * Connects to a Redis server of version 6.2 or newer. It runs no experiments: workers do, see {@link #worker()}.
     *
     * @param uri {@code redis://[[user:]password@]host[:port][/database]} {@code rediss://...} or {@code redis-sentinel://...}
     * @return the connection; close it
     * @throws JobMonException if the server is out of reach, refuses the password, or may evict keys
     */
    static JobMon connect(String uri) {
        return connect(JobMonOptions.redis(uri));
    }

    /**
     * Opens what the options say.
     *
     * @param options where Redis is, and how to behave
     * @return the connection; close it
     * @throws JobMonException as {@link #connect(String)} and {@link #local(Path)}
     */
    static JobMon connect(JobMonOptions options) {
        return Engine.find().open(options);
    }

    /**
     * Starts a Redis server of its own and workers in this JVM, one slot per core. All is gone with {@link #close()}.
     *
     * @return the connection; close it
     * @throws JobMonException if no Redis server can be started on this machine
     */
    static JobMon local() {
        return connect(JobMonOptions.local());
    }

    /**
     * As {@link #local()}, with a number of slots.
     *
     * @param slots how many experiments run at once, from 1 to 1,024
     * @return the connection; close it
     * @throws JobMonException as {@link #local()}
     */
    static JobMon local(int slots) {
        return connect(JobMonOptions.local().slots(slots));
    }

    /**
     * As {@link #local()}, but what is posted and done stays in a folder: run the same program again, and only what is
     * missing runs.
     *
     * @param dir the folder, made if need be
     * @return the connection; close it
     * @throws JobMonException as {@link #local()}, or if another program has the folder open
     */
    static JobMon local(Path dir) {
        return connect(JobMonOptions.local().directory(dir));
    }

    /**
     * Begins to post a job.
     *
     * @param job the job
     * @param <P> the parameters
     * @param <R> the outcome
     * @return the posting: say how, then {@code sweep(..)}
     * @throws JobMonException if the job's types or state cannot be told
     */
    <P, R> Posting<P, R> post(Job<P, R> job);

    /**
     * Takes up a sweep that was posted before, by this or another program.
     *
     * @param sweepId {@link Sweep#id()}
     * @param job the job it was posted with
     * @param <P> the parameters
     * @param <R> the outcome
     * @return the sweep
     * @throws JobMonException if there is no such sweep, or it was posted with another job
     */
    <P, R> Sweep<P, R> attach(String sweepId, Job<P, R> job);

    /**
     * Builds a worker inside this program, on this connection.
     *
     * @return the builder
     */
    Worker.Builder worker();

    /**
     * Builds a fleet: hosts on which workers of this program run. They need a Redis that they can reach and that outlives this
     * program; that of {@link #local()} serves workers on this machine, until this is closed.
     *
     * @return the builder
     */
    Fleet.Builder fleet();

    /**
     * Makes a fleet of what a file says: its hosts, with workers that run its command jobs. No program of the user's is needed:
     * what travels is JobMon itself, the jobs' files, and a list made from {@code jobs:} alone.
     *
     * @param jobmonYaml the file, {@code jobmon.yaml}
     * @return the fleet
     * @throws JobMonException if the file cannot be read or understood (the message has line and column), or lists no host or
     *     no job
     */
    Fleet fleet(Path jobmonYaml);

    /**
     * The jobs that were posted here and not cleaned, and where their sweeps stand. What it costs depends on the number of
     * sweeps, not on their sizes.
     *
     * @return the jobs, the newest post first
     */
    List<JobStatus> jobs();

    /**
     * Who is alive: the workers whose last heartbeat is younger than a lease, four heartbeats. One that ended in order is gone
     * at once.
     *
     * @return the workers, by host and id
     */
    List<WorkerStatus> net();

    /**
     * Listens to the workers: log lines, what isolated experiments print, progress. Workers that live have a second to connect;
     * those that start later connect by themselves. Closing this closes its monitors.
     *
     * @return the monitor; close it
     * @throws JobMonException if Redis is out of reach, or no socket can be opened
     */
    Monitor monitor();

    /**
     * The source text of a job, as it was posted. Shown, never executed.
     *
     * @param hash {@link Sweep#jobHash()}, or its first characters
     * @return the source; empty if none was found when it was posted
     * @throws JobMonException if there is no such job
     */
    String source(String hash);

    /**
     * Describes a job anew.
     *
     * @param hash {@link Sweep#jobHash()}, or its first characters
     * @param text the description
     * @throws JobMonException if there is no such job
     */
    void describe(String hash, String text);

    /**
     * Deletes a job with all its sweeps and results.
     *
     * @param hash {@link Sweep#jobHash()}, or its first characters
     * @param options {@link CleanOption#RUNNING_TOO}: also while workers run it
     * @throws JobMonException if there is no such job, or workers are running it: cancel its sweeps first, or give the option
     */
    void clean(String hash, CleanOption... options);

    /**
     * Says what {@link #gc} would remove. Hosts of open fleets are asked too, side by side.
     *
     * @return the garbage, with the reasons
     */
    GcReport gcPreview();

    /**
     * Removes what nobody needs: sweeps without outcome, checkpoint and claim that no worker of the last day holds the code of
     * and nobody has posted for a day, jobs without sweeps, list entries of sweeps that are gone, workers that have been silent
     * for a day; and on the hosts of this instance's open fleets, bundles that no worker runs from, but for those used last.
     * Never a result. A host out of reach is named in the report.
     *
     * @return what was removed, with the reasons
     */
    GcReport gc();

    /** Stops what this instance started, in order: workers give back what they have not finished. Idempotent. */
    @Override
    void close();
}

package io.jobmon.core;

import io.jobmon.CleanOption;
import io.jobmon.Fleet;
import io.jobmon.GcReport;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.JobMonOptions;
import io.jobmon.JobStatus;
import io.jobmon.Monitor;
import io.jobmon.Posting;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import io.jobmon.WorkerStatus;
import io.jobmon.core.claim.Launch;
import io.jobmon.core.claim.RunningWorker;
import io.jobmon.core.host.FleetBuilder;
import io.jobmon.core.host.FleetContext;
import io.jobmon.core.host.OldBundles;
import io.jobmon.core.local.EmbeddedRedis;
import io.jobmon.core.post.PostContext;
import io.jobmon.core.post.Poster;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.QueueServer;
import io.jobmon.core.run.Listeners;
import io.jobmon.core.run.RunnableJob;
import io.jobmon.core.telemetry.Collector;
import io.jobmon.core.watch.Cleaner;
import io.jobmon.core.watch.ConsoleBar;
import io.jobmon.core.watch.Jobs;
import io.jobmon.core.watch.Net;
import io.jobmon.core.watch.Notices;
import io.jobmon.spi.StoredSweeps;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A connection, with the server and the workers that it started. Thread-safe. */
final class DefaultJobMon implements JobMon, StoredSweeps {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOCAL_WITHOUT_WORKERS = Duration.ofSeconds(10);
    private static final Duration FIRST_NOTICE = Duration.ofSeconds(5);

    private final JobMonOptions options;
    private final @Nullable EmbeddedRedis redis;
    private final QueueServer server;
    private final Queue queue;
    private final ExecutorService background;
    private final Listeners listeners;
    private final Poster poster;
    private final List<Worker> workers = new CopyOnWriteArrayList<>();
    private final List<Fleet> fleets = new CopyOnWriteArrayList<>();
    private final List<Collector> monitors = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final @Nullable RunningWorker own;

    private DefaultJobMon(JobMonOptions options, @Nullable EmbeddedRedis redis, QueueServer server, Queue queue) {
        this.options = options;
        this.redis = redis;
        this.server = server;
        this.queue = queue;
        this.background = background();
        this.listeners = Listeners.of(options.listeners());
        this.own = redis == null
                ? null
                : RunningWorker.start(
                        queue,
                        new RunningWorker.Setup(
                                options.slots(),
                                Set.of(),
                                options.heartbeat(),
                                options.children(),
                                Launch.NONE,
                                listeners.and(List.of()),
                                RunningWorker.Speech.OF_SLOTS),
                        List.<RunnableJob<?, ?>>of());
        Optional<Duration> patience = options.failWithoutWorkers();
        if (patience.isEmpty() && own != null) {
            patience = Optional.of(LOCAL_WITHOUT_WORKERS);
        }
        this.poster = new Poster(new PostContext(
                queue,
                RunningWorker.lease(options.heartbeat()),
                patience,
                FIRST_NOTICE,
                this::hold,
                background,
                listeners));
    }

    private static ExecutorService background() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "jobmon-post-1");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    static DefaultJobMon open(JobMonOptions options) {
        Duration lease = RunningWorker.lease(options.heartbeat());
        return options.uri().isPresent() ? remote(options, options.uri().get(), lease) : local(options, lease);
    }

    private static DefaultJobMon remote(JobMonOptions options, String uri, Duration lease) {
        QueueServer server = QueueServer.at(uri, options.namespace(), lease);
        try {
            server.check(uri, false).forEach(Notices::say);
            return new DefaultJobMon(options, null, server, server.lane(PATIENCE));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static DefaultJobMon local(JobMonOptions options, Duration lease) {
        // The client library takes longer to load than Redis to start, so both happen at once.
        // SLF4J complains when two threads use it first at the same time.
        LoggerFactory.getILoggerFactory();
        CompletableFuture<Void> warm = CompletableFuture.runAsync(() -> QueueServer.warm(lease));
        EmbeddedRedis redis = EmbeddedRedis.start(options.directory().orElse(null));
        QueueServer server = null;
        try {
            warm.join();
            server = QueueServer.at(redis.uri(), options.namespace(), lease);
            server.check(redis.uri(), true).forEach(Notices::say);
            Queue queue = server.lane(PATIENCE);
            if (options.directory().isPresent()) {
                takeOver(queue, lease, redis.lastStopWasOrderly());
            }
            return new DefaultJobMon(options, redis, server, queue);
        } catch (CompletionException e) {
            redis.close();
            throw new JobMonException("JobMon's libraries cannot be loaded.", e.getCause());
        } catch (RuntimeException e) {
            if (server != null) {
                server.close();
            }
            redis.close();
            throw e;
        }
    }

    /** The folder is locked, so what an earlier program had claimed belongs to nobody. */
    private static void takeOver(Queue queue, Duration lease, boolean orderly) {
        queue.board().bury(Duration.ZERO);
        for (String sweep : queue.jobs().allSweeps()) {
            RunningWorker.takeBack(queue, sweep, lease, orderly);
        }
    }

    private void hold(RunnableJob<?, ?> job) {
        if (own != null) {
            own.add(job);
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new JobMonException("This JobMon is closed; open another one.");
        }
    }

    @Override
    public <P, R> Posting<P, R> post(Job<P, R> job) {
        requireOpen();
        return poster.post(job);
    }

    @Override
    public <P, R> Sweep<P, R> attach(String sweepId, Job<P, R> job) {
        requireOpen();
        return poster.attach(sweepId, job);
    }

    @Override
    public Sweep<Map<String, Object>, Map<String, Object>> stored(String sweepId) {
        requireOpen();
        return poster.stored(sweepId);
    }

    @Override
    public Worker.Builder worker() {
        requireOpen();
        return new WorkerBuilder(this::start);
    }

    @Override
    public Fleet.Builder fleet() {
        return hosts();
    }

    @Override
    public Fleet fleet(Path jobmonYaml) {
        return hosts().project(jobmonYaml).build();
    }

    private FleetBuilder hosts() {
        requireOpen();
        String uri = redis == null ? options.uri().orElseThrow() : redis.uri();
        return new FleetBuilder(
                new FleetContext(
                        queue, uri, options.namespace(), options.heartbeat(), RunningWorker.lease(options.heartbeat())),
                fleets::add,
                ConsoleBar.ofSync());
    }

    private RunningWorker start(WorkerBuilder.Chosen chosen) {
        return start(chosen, Launch.NONE);
    }

    RunningWorker start(WorkerBuilder.Chosen chosen, Launch launch) {
        requireOpen();
        RunningWorker worker = RunningWorker.start(
                queue,
                new RunningWorker.Setup(
                        chosen.slots(),
                        chosen.tags(),
                        options.heartbeat(),
                        chosen.children(),
                        launch,
                        listeners.and(chosen.listeners()),
                        chosen.speech()),
                chosen.jobs());
        workers.add(worker);
        chosen.later().forEach(worker::addLater);
        return worker;
    }

    @Override
    public List<JobStatus> jobs() {
        requireOpen();
        return new Jobs(queue, RunningWorker.lease(options.heartbeat())).all();
    }

    @Override
    public List<WorkerStatus> net() {
        requireOpen();
        return new Net(queue, RunningWorker.lease(options.heartbeat())).workers();
    }

    @Override
    public Monitor monitor() {
        requireOpen();
        Collector monitor = Collector.open(queue, RunningWorker.lease(options.heartbeat()));
        monitors.removeIf(Collector::isClosed);
        monitors.add(monitor);
        if (closed.get()) {
            monitor.close();
        }
        return monitor;
    }

    @Override
    public String source(String hash) {
        requireOpen();
        return queue.notes().source(queue.notes().find(hash));
    }

    @Override
    public void describe(String hash, String text) {
        requireOpen();
        if (text == null) {
            throw new JobMonException("The description is null; give a text.");
        }
        queue.notes().describe(queue.notes().find(hash), text);
    }

    @Override
    public void clean(String hash, CleanOption... options) {
        requireOpen();
        cleaner().clean(queue.notes().find(hash), List.of(options).contains(CleanOption.RUNNING_TOO));
    }

    @Override
    public GcReport gcPreview() {
        requireOpen();
        return OldBundles.addTo(cleaner().collect(false), fleets, false);
    }

    @Override
    public GcReport gc() {
        requireOpen();
        return OldBundles.addTo(cleaner().collect(true), fleets, true);
    }

    private Cleaner cleaner() {
        return new Cleaner(queue);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // An interrupted wait keeps the flag set, and it would cut short what ends here.
        boolean interrupted = Thread.interrupted();
        try {
            fleets.forEach(Fleet::close);
            workers.forEach(Worker::close);
            if (own != null) {
                own.close();
            }
            // After the workers, whose last lines they hear.
            monitors.forEach(Collector::close);
            listeners.close();
            background.shutdown();
            queue.close();
            server.close();
        } finally {
            if (redis != null) {
                redis.close();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

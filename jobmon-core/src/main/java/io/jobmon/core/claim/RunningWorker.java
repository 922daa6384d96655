package io.jobmon.core.claim;

import io.jobmon.CommandJob;
import io.jobmon.Worker;
import io.jobmon.core.commit.Committer;
import io.jobmon.core.isolate.Children;
import io.jobmon.core.queue.Board;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.Signals;
import io.jobmon.core.run.Listeners;
import io.jobmon.core.run.RunnableJob;
import io.jobmon.core.run.Slots;
import io.jobmon.core.run.WorkerEvents;
import io.jobmon.core.telemetry.LogTap;
import io.jobmon.core.telemetry.Relay;
import io.jobmon.core.telemetry.SyslogServer;
import io.jobmon.spi.ChildSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker in this JVM: one thread that claims, one that beats, one that commits, one that watches over time limits, and a
 * thread for each slot. All are daemons.
 *
 * <p>Thread safety: any number of threads.
 */
public final class RunningWorker implements Worker {

    private static final Logger LOG = LoggerFactory.getLogger(RunningWorker.class);
    private static final int LEASE_BEATS = 4;
    private static final long WATCH_MILLIS = 20;

    /**
     * How a worker is set up.
     *
     * @param slots how many experiments run at once
     * @param tags what its machine offers
     * @param heartbeat how often it says that it lives
     * @param children how child JVMs are set up
     * @param launch what its launcher said
     * @param listeners who is told of what it does; closed with the worker
     * @param speech where it says what it does
     */
    public record Setup(
            int slots,
            Set<String> tags,
            Duration heartbeat,
            ChildSettings children,
            Launch launch,
            Listeners listeners,
            Speech speech) {

        /**
         * Copies the set.
         *
         * @param slots how many experiments run at once
         * @param tags what its machine offers
         * @param heartbeat how often it says that it lives
         * @param children how child JVMs are set up
         * @param launch what its launcher said
         * @param listeners who is told of what it does
         * @param speech where it says what it does
         */
        public Setup {
            tags = Set.copyOf(tags);
        }

        /**
         * Sets up a worker that nobody launched.
         *
         * @param slots how many experiments run at once
         * @param tags what its machine offers
         * @param heartbeat how often it says that it lives
         * @param children how child JVMs are set up
         */
        public Setup(int slots, Set<String> tags, Duration heartbeat, ChildSettings children) {
            this(slots, tags, heartbeat, children, Launch.NONE, Listeners.NONE, Speech.OF_SLOTS);
        }
    }

    /**
     * What a worker tells of its log, beside what it tells those who listen.
     *
     * @param whole whether the JVM is the worker's, so that all it logs is the worker's
     * @param syslog a syslog server that is told too
     */
    public record Speech(boolean whole, Optional<SyslogServer> syslog) {

        /** What its slots and JobMon log, to those who listen alone. */
        public static final Speech OF_SLOTS = new Speech(false, Optional.empty());
    }

    private final WorkerCard card;
    private final Queue claims;
    private final Queue beats;
    private final Catalog catalog;
    private final Slots slots;
    private final Claimer claimer;
    private final Heart heart;
    private final Relay relay;
    private final Signals signals;
    private final Signals.Listener listener;
    private final Setup setup;
    private final Idleness idleness;
    private final Shutdown shutdown;
    private final Thread watcher;
    private final Thread hook;
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean stuck;

    /** For the watching thread. */
    private boolean leaving;

    private volatile @Nullable AutoCloseable also;
    private volatile @Nullable LogTap tap;

    private RunningWorker(Lanes lanes, Signals signals, Setup setup, Collection<? extends RunnableJob<?, ?>> jobs) {
        Duration lease = lease(setup.heartbeat());
        this.setup = setup;
        idleness = new Idleness(setup.launch().idle(), System::nanoTime);
        card = WorkerCard.make(setup, this::status);
        claims = lanes.claims();
        beats = lanes.beats();
        relay = Relay.of(card.id(), card.host(), setup.speech().syslog());
        catalog = new Catalog(claims, setup.tags(), relay);
        jobs.forEach(catalog::add);
        Committer committer = new Committer(lanes.commits(), card.id());
        Children children = new Children(setup.children(), setup.slots());
        WorkerEvents events = new WorkerEvents(card.id(), setup.listeners());
        slots = new Slots(
                setup.slots(), committer, children, setup.launch().allocation(), events, relay, this::halfStuck);
        heart = new Heart(beats, card, setup.heartbeat(), catalog, slots, committer, relay, this::toldToStop);
        claimer =
                new Claimer(claims, card.id(), lease, catalog, slots, heart::neighbours, () -> heart.countAnew(claims));
        shutdown = new Shutdown(claimer, slots, children, committer, heart);
        this.signals = signals;
        listener = new Ear(catalog, claimer, heart::neighbours, heart::hurry);
        watcher = new Thread(this::watch, "jobmon-watch-1");
        watcher.setDaemon(true);
        hook = new Thread(this::close, "jobmon-stop-1");
    }

    /**
     * How long a worker may be silent before its claims are given to others.
     *
     * @param heartbeat how often it says that it lives
     * @return four heartbeats
     */
    public static Duration lease(Duration heartbeat) {
        return heartbeat.multipliedBy(LEASE_BEATS);
    }

    /**
     * Starts a worker.
     *
     * @param lane any lane to the server; the worker opens its own
     * @param setup how it is set up
     * @param jobs what it can run
     * @return the worker; close it
     * @throws io.jobmon.JobMonException if Redis is out of reach
     */
    public static RunningWorker start(Queue lane, Setup setup, Collection<? extends RunnableJob<?, ?>> jobs) {
        Signals signals = lane.signals();
        RunningWorker worker = new RunningWorker(Lanes.open(lane, setup.heartbeat()), signals, setup, jobs);
        worker.tap = LogTap.open(worker.relay, setup.speech().whole()).orElse(null);
        try {
            worker.heart.start();
        } catch (RuntimeException e) {
            worker.close();
            throw e;
        }
        worker.signals.add(worker.listener);
        worker.claimer.start();
        worker.watcher.start();
        setup.launch().log().ifPresent(log -> new LogFile(log).keep(setup.heartbeat(), worker.closed));
        Runtime.getRuntime().addShutdownHook(worker.hook);
        LOG.info("Worker {} with {} slots holds {}.", worker.id(), setup.slots(), names(jobs));
        return worker;
    }

    private static String names(Collection<? extends RunnableJob<?, ?>> jobs) {
        return jobs.stream().map(job -> job.identity().name()).toList().toString();
    }

    private String status() {
        return closing.get() ? "stopping" : claimer.resting() ? "resting" : "working";
    }

    private void halfStuck() {
        LOG.error(
                "Half of the slots of worker {} are stuck in experiments that ignore their interrupt. Give the job a"
                        + " way to end. A worker that has its JVM to itself gives back what it holds and stops now; start it"
                        + " anew. Others go on, and each such experiment costs them a thread.",
                id());
        stuck = true;
        told.countDown();
    }

    private void toldToStop(Duration time) {
        // A later order may leave less time than an earlier one.
        shutdown.atMost(time);
        if (!closing.get()) {
            LOG.info("Worker {} was told to stop; what it runs may go on for {} s.", id(), time.toSeconds());
            stopByItself();
        }
    }

    /** Whoever runs the worker may wait for that, or have started it and look away. */
    private void stopByItself() {
        Thread closer = new Thread(this::end, "jobmon-stop-2");
        closer.setDaemon(true);
        closer.start();
    }

    private void watch() {
        try {
            while (!closed.await(WATCH_MILLIS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            slots.watch();
            lookAtTheClock();
        } catch (Throwable e) {
            LOG.error("Watching over experiments failed; trying again.", e);
        }
    }

    private void lookAtTheClock() {
        Launch launch = setup.launch();
        boolean over = launch.allocation().over();
        if (over) {
            shutdown.atMost(Duration.ZERO);
        }
        if (leaving) {
            return;
        }
        if (over) {
            leaving = true;
            LOG.info(
                    "The allocation of worker {} ends in {} s; it stops, and what it runs is given back.",
                    id(),
                    launch.allocation().left().toSeconds());
            stopByItself();
        } else if (idleness.over(slots.activity().running(), slots.activity().ended())) {
            leaving = true;
            LOG.info(
                    "Worker {} has run nothing for {}; it stops.",
                    id(),
                    launch.idle().orElse(Duration.ZERO));
            stopByItself();
        }
    }

    /**
     * Adds a job to a running worker.
     *
     * @param job the job
     */
    public void add(RunnableJob<?, ?> job) {
        if (!catalog.holds(job.identity().base())) {
            catalog.add(job);
            heart.hurry();
            claimer.wake();
        }
    }

    /**
     * Adds a job that lacks something on this machine; it is looked at again now and then.
     *
     * @param job the job
     * @param why what is lacking
     */
    public void addLater(CommandJob<?> job, String why) {
        catalog.addLater(job, why);
        heart.hurry();
    }

    /**
     * Closes something else with the worker, last of all.
     *
     * @param owned what was opened for this worker alone
     * @return this
     */
    public RunningWorker alsoClose(AutoCloseable owned) {
        also = owned;
        return this;
    }

    /**
     * Gives back all claims of a sweep that nobody can be running: those of an earlier program on a folder that is locked.
     *
     * @param queue a lane
     * @param sweep the sweep
     * @param lease how long a lease is
     * @param orderly whether that program stopped in order, so that nothing counts as lost
     */
    public static void takeBack(Queue queue, String sweep, Duration lease, boolean orderly) {
        Heart.reapAll(queue, sweep, lease, orderly);
    }

    @Override
    public String id() {
        return card.id();
    }

    /**
     * Waits until the worker has stopped, because of {@code workers:stop}, a signal, the end of its allocation or idleness, or
     * until half of its slots are stuck.
     *
     * @return true if it is because of stuck slots
     */
    public boolean awaitStop() {
        try {
            told.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return stuck;
    }

    @Override
    public void close() {
        shutdown.atMost(Board.Stop.GRACE);
        end();
    }

    private void end() {
        if (!closing.compareAndSet(false, true)) {
            awaitClosed();
            return;
        }
        // An impatient caller must not cost what runs: whoever interrupts finds its thread interrupted afterwards.
        boolean interrupted = Thread.interrupted();
        try {
            signals.remove(listener);
            shutdown.run();
        } finally {
            // What belongs to this worker alone may close it once more, and wait for that.
            closed.countDown();
            try {
                release();
            } finally {
                told.countDown();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private void release() {
        Stream.of(tap, relay, setup.listeners(), claims, beats, also).forEach(this::close);
        if (Thread.currentThread() != hook) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is on its way out already.
            }
        }
    }

    /** One that cannot be closed must not keep the others open. */
    private void close(@Nullable AutoCloseable part) {
        if (part != null) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.debug("A part of worker {} could not be closed.", id(), e);
            }
        }
    }

    private void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

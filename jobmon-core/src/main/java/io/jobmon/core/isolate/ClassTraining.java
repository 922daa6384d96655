package io.jobmon.core.isolate;

import io.jobmon.core.base.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a class archive in the background: a child beside the others runs an experiment that nobody has posted, and its JVM
 * writes down what it has loaded when it ends. Whatever goes wrong, children start without an archive, as before.
 *
 * <p>Thread safety: any number of threads.
 */
final class ClassTraining implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClassTraining.class);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long LOOK_MILLIS = 20;

    private final Gate gate;
    private final Brood brood;
    private final ChildCommand command;
    private final ClassArchive archive;
    private final Thread thread = new Thread(this::run, "jobmon-archive-1");
    private volatile boolean closed;

    /**
     * Prepares.
     *
     * @param gate where its child connects
     * @param brood takes its child
     * @param command how its child is started
     * @param archive what to make
     */
    ClassTraining(Gate gate, Brood brood, ChildCommand command, ClassArchive archive) {
        this.gate = gate;
        this.brood = brood;
        this.command = command;
        this.archive = archive;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private boolean wanted() {
        return !closed;
    }

    private void run() {
        try {
            if (train()) {
                LOG.debug("Child JVMs start with {} from now on.", archive.file());
            }
        } catch (Unwanted e) {
            LOG.debug("No class archive was made: the worker ends.");
        } catch (IOException | RuntimeException | Error e) {
            LOG.debug("No class archive was made; child JVMs start without one.", e);
        }
    }

    private boolean train() throws IOException {
        Rehearsal rehearsal = Rehearsal.of(this::wanted);
        ChildCommand.Made made = command.training(archive);
        Child child = Child.start(gate, brood, made, rehearsal);
        try {
            boolean well = child.run(rehearsal) instanceof IsolatedAnswer.Result && left(child);
            if (well) {
                archive.keep(made.written(), file -> loads(file, made.scratch()));
            }
            return well;
        } finally {
            child.close();
        }
    }

    /** Whether it has ended by itself, as it does when its standard input ends. */
    private boolean left(Child child) {
        child.dismiss();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (child.group().process().isAlive()) {
            if (closed || System.nanoTime() > end) {
                return false;
            }
            // It says nothing of interest, but this waits a moment.
            child.receive();
        }
        return true;
    }

    private boolean loads(Path file, Path scratch) throws IOException {
        ProcessGroup check = ProcessGroup.start(ChildCommand.check(archive, file, scratch));
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!check.process().waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (closed || System.nanoTime() > end) {
                    return false;
                }
            }
            return check.process().exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            check.stop();
        }
    }

    /** Waits until it has ended. */
    void await() {
        Threads.awaitEnd(thread);
    }

    /** Ends it; nothing of it is left then. */
    @Override
    public void close() {
        closed = true;
        await();
    }
}

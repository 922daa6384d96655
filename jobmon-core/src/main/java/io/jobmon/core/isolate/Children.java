package io.jobmon.core.isolate;

import io.jobmon.Isolation;
import io.jobmon.Job;
import io.jobmon.JobMonException;
import io.jobmon.spi.ChildSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The child JVMs of one worker: one for each slot that runs isolated experiments.
 *
 * <p>Thread safety: any number of threads.
 */
public final class Children implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Children.class);

    /** As many children may end before an experiment begins; then that is its failure. */
    private static final int IN_A_ROW = 3;

    private final ChildCommand command;
    private final Brood brood = new Brood();
    private @Nullable Gate gate;
    private @Nullable Optional<ClassArchive> archive;
    private @Nullable ClassTraining training;
    private boolean closed;

    /**
     * Prepares; nothing is started yet.
     *
     * @param settings the worker's own options for child JVMs
     * @param slots how many there may be
     */
    public Children(ChildSettings settings, int slots) {
        command = new ChildCommand(settings, slots, this::archive);
    }

    /**
     * Checks that a child could make a job anew.
     *
     * @param job the job
     * @throws JobMonException if not: the message says what to change
     */
    public static void check(Job<?, ?> job) {
        JobCopy.of(job);
    }

    private synchronized Gate gate() {
        brood.check();
        Gate known = gate;
        if (known == null) {
            known = new Gate();
            gate = known;
        }
        return known;
    }

    private synchronized Optional<ClassArchive> archive() {
        Optional<ClassArchive> known = archive;
        if (known == null) {
            known = ClassArchive.ofThisJvm();
            archive = known;
        }
        return known;
    }

    /** Makes the class archive for later children, if it is not there; once, and not before a child has shown that it starts. */
    private void train() {
        Optional<ClassArchive> missing =
                command.archive().filter(known -> known.file().isEmpty());
        Gate open = gate();
        synchronized (this) {
            if (missing.isPresent() && training == null && !closed) {
                training = new ClassTraining(open, brood, command, missing.get());
                training.start();
            }
        }
    }

    /**
     * Waits until the class archive, which is made after the first child was started, is ready.
     *
     * @return whether children start with it from now on
     */
    public boolean awaitArchive() {
        ClassTraining known;
        synchronized (this) {
            known = training;
        }
        if (known != null) {
            known.await();
        }
        return command.archive().flatMap(ClassArchive::file).isPresent();
    }

    /**
     * A place for a slot's child.
     *
     * @return the place, for one thread; close it
     */
    public Nursery nursery() {
        return new Nursery();
    }

    /** Ends all children, whether or not their nurseries were closed; returns when they are gone. No others are started. */
    @Override
    public void close() {
        ClassTraining trained;
        synchronized (this) {
            closed = true;
            trained = training;
        }
        if (trained != null) {
            trained.close();
        }
        boolean free = brood.end();
        Gate known;
        synchronized (this) {
            known = gate;
            gate = null;
        }
        // Not under a thread that still uses it: it has but daemon threads.
        if (known != null && free) {
            known.close();
        }
    }

    /** A slot's child: started when it is needed, renewed when it is used up. For one thread, which is not interrupted. */
    public final class Nursery implements AutoCloseable {

        private @Nullable Child child;
        private @Nullable Isolation isolation;

        private Nursery() {}

        /**
         * Runs an experiment in the child.
         *
         * @param task the experiment
         * @return how it ended; a child that dies is an answer
         * @throws JobMonException if no child can be started
         */
        public IsolatedAnswer run(IsolatedTask task) {
            int children = 0;
            while (true) {
                try {
                    return attempt(task);
                } catch (NotBegun e) {
                    // It died of what ran before, or of somebody's hand: that is not to be this experiment's failure.
                    close();
                    children++;
                    if (children == IN_A_ROW) {
                        return new IsolatedAnswer.Failed(e.fault(children), 0);
                    }
                    LOG.info("{} is asked of another child JVM: {}", task.executionId(), e.getMessage());
                } catch (Unwanted e) {
                    return new IsolatedAnswer.Cut();
                }
            }
        }

        private IsolatedAnswer attempt(IsolatedTask task) {
            Child fit;
            IsolatedAnswer answer;
            try {
                fit = fit(task);
                answer = fit.run(task);
            } catch (Unwanted | NotBegun e) {
                throw e;
            } catch (RuntimeException | Error e) {
                // Whatever the child is doing now, it is not to be asked again.
                close();
                throw e;
            }
            int limit = task.isolation().renewAfter().orElse(Integer.MAX_VALUE);
            if (!fit.usable() || fit.runs() >= limit) {
                close();
            }
            return answer;
        }

        private Child fit(IsolatedTask task) {
            Isolation wanted = task.isolation();
            Child known = child;
            if (known != null && (!known.usable() || !wanted.equals(isolation))) {
                close();
                known = null;
            }
            if (known == null) {
                known = Child.start(gate(), brood, command.make(wanted), task);
                child = known;
                isolation = wanted;
                train();
            }
            return known;
        }

        /** Ends the child; another one is started when it is needed. */
        @Override
        public void close() {
            if (child != null) {
                child.close();
                child = null;
            }
        }
    }
}

package io.jobmon.core.isolate;

import io.jobmon.CommandJob;
import io.jobmon.Experiment;
import io.jobmon.core.identity.CommandForm;
import io.jobmon.core.identity.JobIdentity;
import io.jobmon.core.identity.UnreadyException;
import io.jobmon.spi.CommandSpec;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Programs as jobs: makes them ready once, and says what is lacking where they cannot be run.
 *
 * <p>Thread safety: any number of threads.
 *
 * @param <R> the outcome
 */
public final class Commands<R> {

    /** For jobs that are run without an engine around them; by instance, which does not change. */
    private static final Map<CommandJob<?>, Commands<?>> KNOWN = Collections.synchronizedMap(new WeakHashMap<>());

    private final CommandSpec<R> spec;
    private final @Nullable JobIdentity identity;
    private @Nullable CommandForm form;
    private @Nullable PreparedCommand<R> prepared;

    private Commands(CommandSpec<R> spec, @Nullable JobIdentity identity) {
        this.spec = spec;
        this.identity = identity;
    }

    /**
     * A job as it was when its identity was told: it is not run with other files.
     *
     * @param job the job
     * @param identity who it is
     * @param <R> the outcome
     * @return the job, not yet prepared
     */
    public static <R> Commands<R> of(CommandJob<R> job, JobIdentity identity) {
        return new Commands<>(CommandSpec.of(job), identity);
    }

    /**
     * Runs a job with its files as they are when it is first run in this JVM.
     *
     * @param job the job
     * @param params the parameters
     * @param experiment who this experiment is
     * @param <R> the outcome
     * @return the outcome
     * @throws Exception whatever went wrong
     */
    public static <R> R run(CommandJob<R> job, Map<String, Object> params, Experiment experiment) throws Exception {
        @SuppressWarnings("unchecked")
        Commands<R> known = (Commands<R>) KNOWN.computeIfAbsent(job, Commands::unidentified);
        return known.run(params, experiment);
    }

    private static <R> Commands<R> unidentified(CommandJob<R> job) {
        return new Commands<>(CommandSpec.of(job), null);
    }

    /**
     * Runs the program.
     *
     * @param params the parameters
     * @param experiment who this experiment is
     * @return the outcome
     * @throws Exception whatever went wrong
     */
    public R run(Map<String, Object> params, Experiment experiment) throws Exception {
        return prepared().run(params, experiment);
    }

    /**
     * Compares the names of a space with the placeholders in the arguments.
     *
     * @param names the names
     * @throws io.jobmon.JobMonException if a placeholder is none of them
     */
    public void check(Collection<String> names) {
        form().line().check(names);
    }

    /**
     * Why the job cannot be run on this machine now.
     *
     * @return what is lacking, in words that can follow "cannot run the job:"; empty if nothing is
     */
    public Optional<String> lack() {
        try {
            return prepared().lack();
        } catch (UnreadyException e) {
            return Optional.of(e.lack());
        }
    }

    /**
     * The files of the program, as they were when it was made ready.
     *
     * @return name to 64 hex digits of SHA-256; empty if it is not ready
     */
    public synchronized Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        if (form != null) {
            form.files().forEach(file -> files.put(file.name(), file.sha256()));
        }
        return files;
    }

    private synchronized PreparedCommand<R> prepared() {
        PreparedCommand<R> known = prepared;
        if (known == null) {
            CommandForm now = form();
            try {
                known = new PreparedCommand<>(spec, now);
            } catch (UnreadyException e) {
                form = null;
                throw e;
            }
            prepared = known;
        }
        return known;
    }

    private synchronized CommandForm form() {
        CommandForm known = form;
        if (known == null) {
            known = CommandForm.of(spec);
            if (identity != null && !known.configuration().equals(identity.configuration())) {
                throw new UnreadyException(spec.name(), "its files are not what they were when it was given");
            }
            form = known;
        }
        return known;
    }
}

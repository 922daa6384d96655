package io.jobmon.core.isolate;

import io.jobmon.Experiment;
import io.jobmon.JobMonException;
import io.jobmon.core.codec.Json;
import io.jobmon.core.space.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment knows wherever it runs, in a slot's thread or in a child JVM.
 *
 * <p>Thread safety: for the thread that runs it; {@link #lastProgress()} for any.
 */
public abstract class BasicExperiment implements Experiment, PrintListener {

    private static final int GROUND_LIMIT = 256 * 1024;
    private static final int CHECKPOINT_LIMIT = 1024 * 1024;

    private final long index;
    private final int attempt;
    private byte @Nullable [] seed;
    private @Nullable RandomGenerator random;
    private byte[] ground = {};
    private @Nullable Path workDir;
    private volatile double progress = Double.NaN;

    /**
     * An experiment that has not begun.
     *
     * @param index its index
     * @param attempt how often it was tried, from 1
     */
    protected BasicExperiment(long index, int attempt) {
        this.index = index;
        this.attempt = attempt;
    }

    /**
     * The sweep it belongs to.
     *
     * @return the sweep's id
     */
    protected abstract String sweepId();

    /**
     * How many points the sweep has.
     *
     * @return the size of its space
     */
    protected abstract long points();

    /**
     * Figures out the seed; asked once, if at all.
     *
     * @return its 32 bytes
     */
    protected abstract byte[] makeSeed();

    /**
     * Stores a checkpoint.
     *
     * @param json at most 1 MiB
     * @return false if the experiment is another worker's now
     */
    protected abstract boolean store(byte[] json);

    @Override
    public final String id() {
        return sweepId() + "-" + index;
    }

    @Override
    public final long index() {
        return index;
    }

    @Override
    public final int replicate() {
        return (int) (index / points());
    }

    @Override
    public final int attempt() {
        return attempt;
    }

    private byte[] seedBytes() {
        byte[] known = seed;
        if (known == null) {
            known = makeSeed();
            seed = known;
        }
        return known;
    }

    @Override
    public final long seed() {
        return Seeds.first(seedBytes());
    }

    @Override
    public final RandomGenerator random() {
        RandomGenerator known = random;
        if (known == null) {
            known = Seeds.generator(seedBytes());
            random = known;
        }
        return known;
    }

    @Override
    public void progress(double fraction) {
        if (!Double.isNaN(fraction)) {
            progress = Math.max(0, Math.min(1, fraction));
        }
    }

    /**
     * How far it says it is.
     *
     * @return 0 to 1, NaN if it says nothing
     */
    public final double lastProgress() {
        return progress;
    }

    @Override
    public final void ground(Object truth) {
        ground = Json.write(truth, GROUND_LIMIT, "ground");
    }

    /**
     * What it was generated from.
     *
     * @return JSON, empty if it said nothing
     */
    public final byte[] ground() {
        return ground;
    }

    @Override
    public final void checkpoint(Object value) {
        if (!store(Json.write(value, CHECKPOINT_LIMIT, "checkpoint"))) {
            throw new JobMonException("The checkpoint of " + id()
                    + " was not stored: this worker has lost the experiment to another. Stop it.");
        }
    }

    /**
     * Makes a scratch folder; asked once, if at all.
     *
     * @return the folder
     */
    protected Path makeWorkDir() {
        return Scratch.make("jobmon-" + index() + "-");
    }

    @Override
    public final Path workDir() {
        Path known = workDir;
        if (known == null) {
            known = makeWorkDir();
            workDir = known;
        }
        return known;
    }

    /**
     * Removes what it left on disk.
     *
     * @return why that failed, null if it did not
     */
    public final @Nullable IOException clear() {
        Path dir = workDir;
        return dir == null ? null : Scratch.remove(dir);
    }
}

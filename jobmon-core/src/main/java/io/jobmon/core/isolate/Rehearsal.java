package io.jobmon.core.isolate;

import io.jobmon.Experiment;
import io.jobmon.Isolation;
import io.jobmon.Job;
import io.jobmon.ParamSpace;
import io.jobmon.core.codec.Faults;
import io.jobmon.core.codec.ParameterType;
import io.jobmon.core.space.Space;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An experiment that nobody has posted: it makes a child load what children of any job load.
 *
 * @param sweep its sweep
 * @param wanted whether it is still to run
 */
record Rehearsal(SweepFacts sweep, BooleanSupplier wanted) implements IsolatedTask {

    /** Parameters of the usual kinds. */
    record Params(double p, int n, String text) {}

    /** An outcome of the usual kinds. */
    record Outcome(double value, long count, boolean flag, String text, List<Double> series) {}

    /** Does a little of what most jobs do. */
    static final class Piece implements Job<Params, Outcome> {
        @Override
        public Outcome run(Params params, Experiment experiment) {
            experiment.progress(1);
            return new Outcome(
                    experiment.random().nextDouble() * params.p(),
                    params.n(),
                    true,
                    params.text(),
                    List.of(params.p()));
        }
    }

    static Rehearsal of(BooleanSupplier wanted) {
        Piece piece = new Piece();
        ParamSpace points = ParamSpace.grid().axis("p", 0.5).axis("n", 1, 2).axis("text", "a");
        Space<Params> space = Space.of(points, ParameterType.of(Params.class, piece.name()));
        return new Rehearsal(new SweepFacts("rehearsal", piece, space.specification(), space.size(), 0, false), wanted);
    }

    @Override
    public Isolation isolation() {
        return Isolation.PROCESS;
    }

    @Override
    public long index() {
        return 0;
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public String executionId() {
        return "rehearsal";
    }

    @Override
    public boolean timed() {
        return false;
    }

    @Override
    public Optional<Faults.Described> overdue(long nanos) {
        return Optional.empty();
    }

    @Override
    public @Nullable Stop stop() {
        return wanted.getAsBoolean() ? null : Stop.STOPPING;
    }

    @Override
    public void progress(double fraction) {}

    @Override
    public boolean checkpoint(byte[] json) {
        return false;
    }

    @Override
    public Optional<byte[]> restore() {
        return Optional.empty();
    }
}

package io.jobmon.core.isolate;

import io.jobmon.core.codec.Faults;
import io.jobmon.core.codec.OutcomeType;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The thread of a child that runs experiments, one after the other, as its parent asks. */
final class ChildRunner {

    /** A heap that is fuller than this after a collection is worth a fresh child. */
    private static final double FULL = 0.7;

    private final Supplier<ChildLink> opening;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final ChildStreams streams;
    private final Sweeps sweeps;
    private final Path scratch;
    private final Thread thread;

    /** Finds what the parent has told of. */
    interface Sweeps {
        ChildMain.ChildSweep<?, ?> get(int key) throws InterruptedException;
    }

    ChildRunner(Supplier<ChildLink> opening, ChildStreams streams, Sweeps sweeps, Path scratch) {
        this.scratch = scratch;
        this.opening = opening;
        this.streams = streams;
        this.sweeps = sweeps;
        thread = new Thread(this::work, "jobmon-slot-1");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** The first sweep is known. */
    void ready() {
        ready.countDown();
    }

    private void work() {
        try {
            ChildLink link = opening.get();
            BegunMark mark = BegunMark.open(scratch);
            ready.await();
            link.send(Wire.message(Wire.READY, 0));
            while (true) {
                next(link, mark, Wire.open(link.receive()));
            }
        } catch (Throwable e) {
            e.printStackTrace();
            System.err.flush();
            Runtime.getRuntime().halt(Wire.BROKEN);
        }
    }

    private void next(ChildLink link, BegunMark mark, DataInputStream in) throws IOException, InterruptedException {
        if (in.readByte() != Wire.RUN) {
            throw new IOException("not a run");
        }
        long run = in.readLong();
        ChildMain.ChildSweep<?, ?> sweep = sweeps.get(in.readInt());
        long index = in.readLong();
        int attempt = in.readInt();
        String executionId = in.readUTF();
        boolean sayWhenBegun = in.readBoolean();
        ChildExperiment experiment =
                new ChildExperiment(link, sweep, run, index, attempt, executionId, thread, scratch);
        link.onCancel(experiment::cancel);
        mark.begin(run);
        if (sayWhenBegun) {
            link.send(Wire.message(Wire.BEGUN, run));
        }
        link.send(run(sweep, experiment, run));
    }

    private <P, R> byte[] run(ChildMain.ChildSweep<P, R> sweep, ChildExperiment experiment, long run) {
        OutcomeType.Writer<R> writer = sweep.job().writer();
        writer.reset();
        long start = System.currentTimeMillis();
        long began = System.nanoTime();
        Throwable thrown = null;
        boolean bound = false;
        try {
            P params = sweep.space().params(experiment.index() % sweep.points());
            bound = true;
            R value = sweep.job().job().run(params, experiment);
            writer.write(value);
        } catch (Throwable e) {
            thrown = e;
        }
        boolean cut = experiment.end();
        long wall = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
        experiment.clear();
        // An interrupt may have hit a call into the library that connects: such a child is not used again.
        int flags = tidy(run, experiment.executionId(), thrown != null) | (cut ? Wire.RENEW : 0);
        if (thrown == null) {
            return result(run, start, wall, flags, writer.take(), experiment.ground());
        }
        if (cut) {
            return Wire.message(Wire.CUT, run, out -> out.writeByte(flags));
        }
        return fault(run, start, wall, flags, bound ? Faults.describe(thrown) : Faults.unbound(thrown));
    }

    private static byte[] result(long run, long start, long wall, int flags, byte[] value, byte[] ground) {
        return Wire.message(Wire.RESULT, run, out -> {
            out.writeByte(flags);
            out.writeLong(start);
            out.writeLong(wall);
            Wire.bytes(out, value);
            Wire.bytes(out, ground);
        });
    }

    private static byte[] fault(long run, long start, long wall, int flags, Faults.Described fault) {
        return Wire.message(Wire.FAULT, run, out -> {
            out.writeByte(flags);
            out.writeLong(start);
            out.writeLong(wall);
            out.writeBoolean(fault.hopeless());
            out.writeUTF(fault.key());
            Wire.bytes(out, fault.json());
        });
    }

    /** Leaves nothing of this experiment to the next one. */
    private int tidy(long run, String executionId, boolean failed) {
        streams.restore();
        boolean offspring = Offspring.possible();
        if (offspring) {
            Offspring.end();
        }
        int flags = 0;
        if (streams.used() || failed || offspring) {
            streams.end(run, executionId);
            flags |= Wire.PRINTED;
        }
        return heapIsFull() ? flags | Wire.RENEW : flags;
    }

    private static boolean heapIsFull() {
        Runtime runtime = Runtime.getRuntime();
        if (runtime.totalMemory() - runtime.freeMemory() < FULL * runtime.maxMemory()) {
            return false;
        }
        runtime.gc();
        return runtime.totalMemory() - runtime.freeMemory() > FULL * runtime.maxMemory();
    }
}

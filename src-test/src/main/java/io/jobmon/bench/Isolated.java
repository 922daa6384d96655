package io.jobmon.bench;

import io.jobmon.Axis;
import io.jobmon.Isolation;
import io.jobmon.JobMon;
import io.jobmon.JobMonOptions;
import io.jobmon.ParamSpace;
import io.jobmon.Posting;
import io.jobmon.Sweep;
import io.jobmon.core.codec.Faults;
import io.jobmon.core.isolate.Children;
import io.jobmon.core.isolate.IsolatedAnswer;
import io.jobmon.core.isolate.IsolatedTask;
import io.jobmon.core.run.RunnableJob;
import io.jobmon.core.space.Space;
import io.jobmon.spi.ChildSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What child JVMs cost: the start of a child until it has run its first experiment, with the class archive and without; one trivial experiment in a warm child, beside the same in a thread, 1 slot; 20,000 of them on each of 2 slots, and the CPU time
 * they take; the memory of a child. Medians of five.
 *
 * <pre>./mvnw -q -Pbench verify -Dbench=Isolated</pre>
 */
public final class Isolated {

    private static final int ROUNDS = 5;
    private static final int EACH = 20_000;
    private static final Isolation CHILD = Isolation.PROCESS.maxHeap("256m");

    /** Whoever says a word about sharing has no archive of JobMon's. */
    private static final ChildSettings BARE = ChildSettings.NONE.jvmOptions("-Xshare:auto");

    private Isolated() {}

    /**
     * Measures and prints.
     *
     * @param args none
     * @throws IOException if the system does not tell what processes use
     */
    public static void main(String[] args) throws IOException {
        double[] thread = new double[ROUNDS];
        double[] child = new double[ROUNDS];
        double[] start = new double[ROUNDS];
        double[] bare = new double[ROUNDS];
        double[] rate = new double[ROUNDS];
        double[] cpu = new double[ROUNDS];
        long memory = 0;
        boolean archived = archive();
        double[] jvm = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            jvm[round] = bareJvm();
            start[round] = start(ChildSettings.NONE);
            bare[round] = start(BARE);
        }
        try (JobMon one = JobMon.local(1);
                JobMon two = JobMon.connect(JobMonOptions.local().slots(2))) {
            sweep(one, Isolation.THREAD, 1000, -1);
            sweep(one, CHILD, EACH, -1);
            sweep(two, CHILD, EACH, -1);
            for (int round = 0; round < ROUNDS; round++) {
                thread[round] = sweep(one, Isolation.THREAD, EACH, round);
                child[round] = sweep(one, CHILD, EACH, round);
                double before = childSeconds();
                double seconds = sweep(two, CHILD, 2 * EACH, round) * 2 * EACH / 1e6;
                rate[round] = 2 * EACH / seconds;
                cpu[round] = (childSeconds() - before) / seconds;
                memory = Math.max(memory, childMemory());
            }
        }
        System.out.printf(
                Locale.ROOT,
                "a child is ready and has run its first experiment %.0f ms after it was asked for (%s), %.0f ms without"
                        + " class archive; `java -version` takes %.0f ms%n"
                        + "1 slot: in a thread %.1f us, in a warm child %.1f us: %.1f us more%n"
                        + "2 slots: %,.0f experiments/s in children, which use %.2f cores; %d MiB of memory a child%n",
                median(start),
                archived ? "with class archive" : "no class archive can be made here",
                median(bare),
                median(jvm),
                median(thread),
                median(child),
                median(child) - median(thread),
                median(rate),
                median(cpu),
                memory >> 20);
    }

    /** Microseconds an experiment. */
    private static double sweep(JobMon jobmon, Isolation isolation, int size, int round) {
        Posting<TrivialSweep.Arithmetic.Params, TrivialSweep.Arithmetic.Outcome> posting =
                jobmon.post(new TrivialSweep.Arithmetic()).seed(2L * round + (isolation.isProcess() ? 1 : 0));
        ParamSpace space =
                ParamSpace.grid().axis("a", Axis.range(0, size - 1, 1)).axis("b", round * 1000L + size % 999);
        long began = System.nanoTime();
        Sweep<?, ?> sweep = posting.isolation(isolation).sweep(space);
        sweep.stream().forEach(result -> {});
        return (System.nanoTime() - began) / 1e3 / size;
    }

    /** Milliseconds. */
    private static double start(ChildSettings settings) {
        IsolatedTask task = task();
        try (Children children = new Children(settings, 1);
                Children.Nursery nursery = children.nursery()) {
            long began = System.nanoTime();
            run(nursery, task);
            return (System.nanoTime() - began) / 1e6;
        }
    }

    /** Milliseconds that a JVM takes which does nothing. */
    private static double bareJvm() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        long began = System.nanoTime();
        try {
            new ProcessBuilder(java, "-version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return (System.nanoTime() - began) / 1e6;
    }

    /** Makes the class archive, if it is not there from an earlier run; false if there can be none. */
    private static boolean archive() {
        try (Children children = new Children(ChildSettings.NONE, 1);
                Children.Nursery nursery = children.nursery()) {
            run(nursery, task());
            return children.awaitArchive();
        }
    }

    private static IsolatedTask task() {
        TrivialSweep.Arithmetic job = new TrivialSweep.Arithmetic();
        Space<TrivialSweep.Arithmetic.Params> space = Space.of(
                ParamSpace.grid().axis("a", 1).axis("b", 2), RunnableJob.of(job).parameters());
        return new OneTask(new IsolatedTask.SweepFacts("start", job, space.specification(), 1, 0, false));
    }

    private static void run(Children.Nursery nursery, IsolatedTask task) {
        IsolatedAnswer answer = nursery.run(task);
        if (!(answer instanceof IsolatedAnswer.Result)) {
            throw new IllegalStateException(answer.toString());
        }
    }

    /** The only experiment of a sweep. */
    private record OneTask(IsolatedTask.SweepFacts sweep) implements IsolatedTask {

        @Override
        public Isolation isolation() {
            return CHILD;
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
            return "start-0";
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
            return null;
        }

        @Override
        public void progress(double fraction) {}

        @Override
        public boolean checkpoint(byte[] json) {
            return true;
        }

        @Override
        public Optional<byte[]> restore() {
            return Optional.empty();
        }
    }

    private static double childSeconds() {
        return children()
                        .map(ProcessHandle::info)
                        .map(ProcessHandle.Info::totalCpuDuration)
                        .flatMap(Optional::stream)
                        .mapToDouble(Duration::toNanos)
                        .sum()
                / 1e9;
    }

    private static long childMemory() throws IOException {
        long most = 0;
        for (ProcessHandle child : children().toList()) {
            String status = Files.readString(Path.of("/proc/" + child.pid() + "/status"));
            most = Math.max(
                    most,
                    status.lines()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                            .findFirst()
                            .orElse(0));
        }
        return most;
    }

    private static Stream<ProcessHandle> children() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("java"));
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }
}

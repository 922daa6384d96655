package io.jobmon.bench;

import io.jobmon.Axis;
import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import io.jobmon.bench.TrivialSweep.Arithmetic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What looking costs, when sweeps are small and when they are large: two Redis servers, each with a sweep that is done, one that
 * is half done, and one that nobody has begun, whose code nobody holds and which was posted a day ago. On the first each has 1,000
 * experiments, on the second 10,000,000. Both are asked in turn.
 *
 * <p>Arguments: the larger number (default 10,000,000), how many rounds (default 51).
 *
 * <pre>./mvnw -q -Pbench verify -Dbench=Status</pre>
 */
public final class Status {

    private static final int SMALL = 1_000;
    private static final int WARM_UPS = 20;
    private static final double TARGET_MILLIS = 50;

    private Status() {}

    /** A job that no worker holds. */
    static final class Abandoned implements Job<Arithmetic.Params, Long> {
        @Override
        public Long run(Arithmetic.Params params, Experiment experiment) {
            return params.a();
        }
    }

    /** A job of which the second half never ends. */
    static final class Halting implements Job<Halting.Params, Long> {
        record Params(long a, long b, long half) {}

        @Override
        public Long run(Params params, Experiment experiment) throws InterruptedException {
            if (experiment.index() >= params.half) {
                new CountDownLatch(1).await();
            }
            return params.a;
        }
    }

    /** A server with sweeps of one size. */
    private static final class Scene implements AutoCloseable {
        private final BenchRedis redis = BenchRedis.start();
        private final JobMon jobmon = JobMon.connect(redis.uri());
        private final Sweep<?, ?> half;
        private final Sweep<?, ?> done;
        private final Worker worker;

        Scene(int size) {
            ParamSpace space = ParamSpace.grid()
                    .axis("a", Axis.range(0, size / 1000 - 1, 1))
                    .axis("b", Axis.range(0, 999, 1));
            ParamSpace halves = ParamSpace.grid()
                    .axis("a", Axis.range(0, size / 1000 - 1, 1))
                    .axis("b", Axis.range(0, 999, 1))
                    .axis("half", size / 2);
            Sweep<?, ?> begun = jobmon.post(new Halting()).requires("half").sweep(halves);
            try (Worker first = worker("half")) {
                // The last results before those that never end may share a block with one of them.
                until(() -> begun.progress().done() >= size / 2 - 256);
                begun.cancel();
                until(() -> begun.progress().running() == 0);
            }
            half = jobmon.post(new Halting()).requires("half").sweep(halves);
            done = jobmon.post(new Arithmetic()).sweep(space);
            worker = worker("none");
            done.await();
            redis.age(jobmon.post(new Abandoned()).sweep(space));
        }

        private static void until(BooleanSupplier condition) {
            while (!condition.getAsBoolean()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }

        private Worker worker(String tag) {
            return jobmon.worker()
                    .job(new Arithmetic())
                    .job(new Halting())
                    .tags(tag)
                    .slots(2)
                    .start();
        }

        Map<String, Runnable> looks() {
            Map<String, Runnable> looks = new LinkedHashMap<>();
            looks.put("jobs()", () -> require(jobmon.jobs().size() == 3));
            looks.put("net()", () -> require(jobmon.net().size() == 1));
            looks.put("explain(), half done", () -> require(!half.explain().isEmpty()));
            looks.put("explain(), done", () -> require(!done.explain().isEmpty()));
            looks.put("progress(), half done", () -> require(half.progress().done() > 0));
            looks.put("gcPreview()", () -> require(jobmon.gcPreview().items().size() == 2));
            return looks;
        }

        @Override
        public void close() {
            worker.close();
            jobmon.close();
            redis.close();
        }
    }

    private static void require(boolean right) {
        if (!right) {
            throw new IllegalStateException("the answer is wrong");
        }
    }

    /**
     * Measures and prints.
     *
     * @param args see above
     */
    public static void main(String[] args) {
        int size = args.length > 0 ? Integer.parseInt(args[0]) : 10_000_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 51;
        try (Scene small = new Scene(SMALL);
                Scene large = new Scene(size)) {
            System.out.printf(
                    Locale.ROOT,
                    "sweeps of %,d and of %,d experiments; %d rounds; milliseconds," + " median (least to largest)%n",
                    SMALL,
                    size,
                    rounds);
            Map<String, Runnable> ofLarge = large.looks();
            List<String> tooSlow = new ArrayList<>();
            small.looks().forEach((name, look) -> {
                Runnable other = Objects.requireNonNull(ofLarge.get(name));
                Rounds few = new Rounds();
                Rounds many = new Rounds();
                for (int round = -WARM_UPS; round < rounds; round++) {
                    double first = millis(look);
                    double second = millis(other);
                    if (round >= 0) {
                        few.add(first);
                        many.add(second);
                    }
                }
                System.out.printf(
                        Locale.ROOT, "%-22s %s, %s; ratio %.2f%n", name, few, many, many.median() / few.median());
                if (many.median() >= TARGET_MILLIS) {
                    tooSlow.add(name);
                }
            });
            System.out.printf(
                    Locale.ROOT,
                    "target under %.0f ms with %,d: %s%n",
                    TARGET_MILLIS,
                    size,
                    tooSlow.isEmpty() ? "all are" : "not so " + tooSlow);
        }
    }

    private static double millis(Runnable look) {
        long begun = System.nanoTime();
        look.run();
        return (System.nanoTime() - begun) / 1e6;
    }
}

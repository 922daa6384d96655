package io.jobmon.bench;

import io.jobmon.Axis;
import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Trivial experiments, two longs in and two longs out, through 2 slots of one JVM: posted, run, stored in Redis, read back
 * typed by the poster while they come, on a Redis without persistence. Beside it the same job in a plain thread pool, one Future each, in the same run.
 *
 * <p>Arguments: the number of experiments (default 1,000,000), how many rounds are measured (default 15), how many before them
 * are left out because the JVM compiles meanwhile (default 15: the rate still grows in the tenth round). Both parts
 * begin with a heap that has just been collected, so that neither pays for the other's garbage. Give the JVM a heap that was
 * touched, or pages that are used for the first time will cost more than what is measured:
 *
 * <pre>./mvnw -q -Pbench verify "-Dbench=TrivialSweep 1000000" "-Dbench.jvm=-Xms4g -Xmx4g -XX:+AlwaysPreTouch"</pre>
 */
public final class TrivialSweep {

    private static final int SLOTS = 2;

    /** The job asks its experiment nothing, in the pool as in the sweep. */
    private static final Experiment NONE = (Experiment) Proxy.newProxyInstance(
            Experiment.class.getClassLoader(), new Class<?>[] {Experiment.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private TrivialSweep() {}

    /** Adds and multiplies. */
    public static final class Arithmetic implements Job<Arithmetic.Params, Arithmetic.Outcome> {

        /** Two longs. */
        public record Params(long a, long b) {}

        /** Two longs. */
        public record Outcome(long sum, long product) {}

        @Override
        public Outcome run(Params params, Experiment experiment) {
            return new Outcome(params.a + params.b, params.a * params.b);
        }
    }

    /**
     * Measures and prints.
     *
     * @param args see above
     * @throws Exception if the pool's work fails
     */
    public static void main(String[] args) throws Exception {
        int size = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 15;
        int warmUps = args.length > 2 ? Integer.parseInt(args[2]) : 15;
        System.out.printf(
                Locale.ROOT,
                "%,d experiments, %d slots, %d rounds to warm up, %d rounds%n",
                size,
                SLOTS,
                warmUps,
                rounds);
        List<Double> ratios = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        try (BenchRedis redis = BenchRedis.start();
                JobMon jobmon = JobMon.connect(redis.uri());
                Worker worker =
                        jobmon.worker().job(new Arithmetic()).slots(SLOTS).start()) {
            for (int round = 0; round < warmUps + rounds; round++) {
                System.gc();
                double pool = pool(size);
                System.gc();
                long before = redis.dataBytes();
                long begun = System.nanoTime();
                Sweep<Arithmetic.Params, Arithmetic.Outcome> sweep = post(jobmon, size, round);
                follow(sweep);
                double rate = sweep.size() / ((System.nanoTime() - begun) / 1e9);
                double bytes = (double) (redis.dataBytes() - before) / sweep.size();
                jobmon.clean(sweep.jobHash());
                if (round >= warmUps) {
                    rates.add(rate);
                    ratios.add(rate / pool);
                }
                System.out.printf(
                        Locale.ROOT,
                        "%s %d: JobMon %,.0f/s, thread pool %,.0f/s, ratio %.2f, %.1f bytes of Redis a result%n",
                        round < warmUps ? "warm-up" : "round",
                        round < warmUps ? round + 1 : round + 1 - warmUps,
                        rate,
                        pool,
                        rate / pool,
                        bytes);
            }
        }
        System.out.printf(Locale.ROOT, "median: %,.0f/s, ratio %.2f%n", median(rates), median(ratios));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static Sweep<Arithmetic.Params, Arithmetic.Outcome> post(JobMon jobmon, int size, int round) {
        int side = (int) Math.ceil(Math.sqrt(size));
        ParamSpace space = ParamSpace.grid()
                .axis("a", Axis.range(0, side - 1, 1))
                .axis("b", Axis.range(round * 1_000_000L, round * 1_000_000L + (size + side - 1) / side - 1, 1));
        return jobmon.post(new Arithmetic()).sweep(space);
    }

    /** Reads every result, typed, as it comes. */
    private static void follow(Sweep<Arithmetic.Params, Arithmetic.Outcome> sweep) {
        long count = 0;
        long wrong = 0;
        try (Stream<Result<Arithmetic.Params, Arithmetic.Outcome>> outcomes = sweep.stream()) {
            Iterator<Result<Arithmetic.Params, Arithmetic.Outcome>> results = outcomes.iterator();
            while (results.hasNext()) {
                Result<Arithmetic.Params, Arithmetic.Outcome> result = results.next();
                Arithmetic.Params params = result.params();
                wrong += result.value().sum() == params.a() + params.b()
                                && result.value().product() == params.a() * params.b()
                        ? 0
                        : 1;
                count++;
            }
        }
        if (count != sweep.size() || wrong != 0) {
            throw new IllegalStateException(count + " results of " + sweep.size() + ", " + wrong + " wrong");
        }
    }

    private static double pool(int size) throws InterruptedException, ExecutionException {
        Arithmetic job = new Arithmetic();
        int side = (int) Math.ceil(Math.sqrt(size));
        ExecutorService pool = Executors.newFixedThreadPool(SLOTS);
        try {
            long begun = System.nanoTime();
            List<Future<Arithmetic.Outcome>> futures = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                Arithmetic.Params params = new Arithmetic.Params(i / side, i % side);
                futures.add(pool.submit(() -> job.run(params, NONE)));
            }
            long sum = 0;
            for (Future<Arithmetic.Outcome> future : futures) {
                sum += future.get().sum();
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (sum < 0) {
                throw new IllegalStateException("sum " + sum);
            }
            return size / seconds;
        } finally {
            pool.shutdown();
        }
    }
}

package io.jobmon.bench;

import static java.util.Objects.requireNonNull;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.Monitor;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What it costs an experiment that somebody listens: experiments that take about five milliseconds each ({@code
 * -Djobmon.bench.millis}), log a line and say how far they are, on two slots, with nobody listening, with a listener in
 * a JVM of its own on the same processors, and with one that is stopped (SIGSTOP). Nine pairs of each in turn; the
 * ratio is that of the rates. Connecting is done before a rate is taken: CURVE in Java takes about a tenth of a second
 * of processor time for it, once for each listener and worker.
 *
 * <pre>./mvnw -q -Pbench verify -Dbench=Telemetry [-Dbench.jvm=-Djobmon.bench.millis=1]</pre>
 */
public final class Telemetry {

    private static final int PAIRS = 9;
    private static final int WARM_UPS = 6;
    private static final int MILLIS = Integer.getInteger("jobmon.bench.millis", 5);

    /** A millisecond has about so many. */
    private static final int STEPS = 700_000 * MILLIS;

    private static final int EXPERIMENTS = 8000 / MILLIS;

    /** Many short ones, so that all that is said and heard is compiled. */
    private static final int WARM_UP_EXPERIMENTS = 40_000;

    private static final int WARM_UP_STEPS = 70_000;
    private static final int FIRST_WORDS = 40;
    private static final int SLOTS = 2;
    private static final Logger LOG = LoggerFactory.getLogger("com.example.Telemetry");

    private Telemetry() {}

    static final class Working implements Job<Long, Long> {
        @Override
        public Long run(Long value, Experiment experiment) {
            long x = value;
            int steps = value < 0 ? WARM_UP_STEPS : STEPS;
            for (int k = 0; k < steps; k++) {
                x = x * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            }
            LOG.info("the generator of {} has come to {} after many steps", value, x);
            experiment.progress(1);
            return x;
        }
    }

    /**
     * Measures and prints.
     *
     * @param args none; a child is told the server
     * @throws Exception if a listener cannot be started
     */
    public static void main(String[] args) throws Exception {
        quiet();
        if (args.length == 1) {
            listen(new String(System.in.readNBytes(Integer.parseInt(args[0])), StandardCharsets.UTF_8));
            return;
        }
        try (BenchRedis redis = BenchRedis.start();
                JobMon jobmon = JobMon.connect(redis.uri());
                Worker worker = jobmon.worker().job(new Working()).slots(SLOTS).start();
                Listener listener = new Listener(redis.uri())) {
            warmUp(jobmon, listener);
            measure(jobmon, "a listener", listener, false);
            measure(jobmon, "a listener that is stopped", listener, true);
        }
    }

    /** Both JVMs compile meanwhile, which is not counted. */
    private static void warmUp(JobMon jobmon, Listener listener) throws Exception {
        for (int round = 0; round < WARM_UPS; round++) {
            listener.ask("open");
            sweep(jobmon, IntStream.range(-WARM_UP_EXPERIMENTS, 0), -1 - round);
            listener.ask("close");
            sweep(jobmon, IntStream.range(0, EXPERIMENTS), -1 - round);
        }
    }

    private static void quiet() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        context.getLogger("com.example").setLevel(Level.INFO);
    }

    private static void measure(JobMon jobmon, String what, Listener listener, boolean stopped) throws Exception {
        double[] ratios = new double[PAIRS];
        for (int pair = 0; pair < PAIRS; pair++) {
            double with;
            double without;
            // Whichever comes second runs on a JVM that is a little warmer.
            if (pair % 2 == 0) {
                without = rate(jobmon, 2L * pair + (stopped ? 1000 : 0));
                with = heard(jobmon, listener, stopped, 2L * pair + 1 + (stopped ? 1000 : 0));
            } else {
                with = heard(jobmon, listener, stopped, 2L * pair + 1 + (stopped ? 1000 : 0));
                without = rate(jobmon, 2L * pair + (stopped ? 1000 : 0));
            }
            ratios[pair] = with / without;
            System.out.printf(
                    Locale.ROOT,
                    "%s, pair %d: %.0f/s, with nobody %.0f/s, ratio %.3f; %s%n",
                    what,
                    pair + 1,
                    with,
                    without,
                    ratios[pair],
                    listener.last);
        }
        Arrays.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "%s: median ratio %.3f (%.3f to %.3f)%n",
                what,
                ratios[PAIRS / 2],
                ratios[0],
                ratios[PAIRS - 1]);
    }

    /** The rate while somebody listens; connecting, which costs each listener once, comes before. */
    private static double heard(JobMon jobmon, Listener listener, boolean stopped, long seed) throws Exception {
        listener.ask("open");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        do {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the listener hears nothing");
            }
            sweep(jobmon, IntStream.range(0, FIRST_WORDS), -1_000_000 - seed);
            listener.ask("heard");
        } while (listener.heard == 0);
        if (stopped) {
            listener.signal("STOP");
        }
        double rate = rate(jobmon, seed);
        if (stopped) {
            listener.signal("CONT");
        }
        listener.ask("close");
        return rate;
    }

    private static double rate(JobMon jobmon, long seed) {
        System.gc();
        long began = System.nanoTime();
        sweep(jobmon, IntStream.range(0, EXPERIMENTS), seed);
        return EXPERIMENTS / ((System.nanoTime() - began) / 1e9);
    }

    private static void sweep(JobMon jobmon, IntStream values, long seed) {
        Sweep<Long, Long> sweep = jobmon.post(new Working()).seed(seed).sweep("value", values.toArray());
        sweep.await();
    }

    /** A JVM that listens when it is told to. */
    private static final class Listener implements AutoCloseable {
        private final Process process;
        private final BufferedReader answers;
        private final PrintStream questions;
        String last = "";
        long heard;

        Listener(String uri) throws IOException {
            process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Telemetry.class.getName(),
                            Integer.toString(uri.getBytes(StandardCharsets.UTF_8).length)))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
            questions.print(uri);
            questions.flush();
        }

        void ask(String what) throws IOException {
            questions.println(what);
            heard = Long.parseLong(answers.readLine());
            last = answers.readLine();
        }

        void signal(String name) throws Exception {
            new ProcessBuilder("sh", "-c", "kill -s " + name + " " + process.pid())
                    .inheritIO()
                    .start()
                    .waitFor();
        }

        @Override
        public void close() throws InterruptedException {
            questions.close();
            process.waitFor();
        }
    }

    private static void listen(String uri) throws IOException {
        AtomicLong lines = new AtomicLong();
        AtomicLong progress = new AtomicLong();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (JobMon jobmon = JobMon.connect(uri)) {
            Monitor monitor = null;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals("open")) {
                    monitor = jobmon.monitor()
                            .onLine(heard -> lines.incrementAndGet())
                            .onProgress(heard -> progress.incrementAndGet());
                } else if (line.equals("close")) {
                    requireNonNull(monitor).close();
                }
                long heard = lines.getAndSet(0);
                System.out.printf("%d%nit heard %d lines and %d of progress%n", heard, heard, progress.getAndSet(0));
            }
        }
    }
}

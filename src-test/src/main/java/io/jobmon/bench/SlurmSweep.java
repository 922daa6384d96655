package io.jobmon.bench;

import io.jobmon.Axis;
import io.jobmon.Experiment;
import io.jobmon.Fleet;
import io.jobmon.HostStatus;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.ssh.Slurm;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Sweeps by workers that Slurm has started, on this one machine: experiments that sleep, so that cores do not matter.
 *
 * <ul>
 *   <li>1,000 experiments of 1 s on 8 slots (4 tasks of an array, 2 slots each), from the post, when all workers beat, to the last
 *       result, beside the 125 s of a perfect distribution;
 *   <li>100 experiments of 8 s on tasks that may run for a minute; a new array is submitted when the last has ended, until the
 *       sweep is complete. Counted are experiments that were begun and not finished, for whatever reason, results that took more
 *       than one attempt, and results that are missing. After the first experiments a worker knows how long one takes, and
 *       begins none that does not fit into its time; the margin before its end, 6 s, is shorter than an experiment.
 * </ul>
 *
 * <pre>src-test/hosts/bench SlurmSweep [EXPERIMENTS]</pre>
 *
 * <p>which does, with the SLURM_CONF of the Slurm that it starts,
 *
 * <pre>./mvnw -q -Pbench verify "-Dbench=SlurmSweep [EXPERIMENTS]"</pre>
 */
public final class SlurmSweep {

    private static final int WORKERS = 4;
    private static final int SLOTS = 2;
    private static final int MANY = 1000;
    private static final int FEW = 100;
    private static final int LONG_MILLIS = 8000;
    private static final int MOST_ARRAYS = 12;

    /** Should this program be interrupted, its workers end soon after. */
    private static final Duration IDLE = Duration.ofMinutes(2);

    private static final double PERCENT = 100;

    /** Where workers note what they begin and finish. */
    private static final String NOTES = "bench.notes";

    /** Sleeps. */
    public static final class Nap implements Job<Nap.Params, Nap.Outcome> {

        /**
         * Which one, and how long.
         *
         * @param i its number
         * @param millis how long
         */
        public record Params(int i, int millis) {}

        /**
         * Which one it was.
         *
         * @param i its number
         */
        public record Outcome(int i) {}

        @Override
        public Outcome run(Params params, Experiment experiment) throws IOException, InterruptedException {
            Path begun = Path.of(System.getProperty(NOTES), experiment.executionId());
            Files.createFile(begun);
            Thread.sleep(params.millis());
            Files.delete(begun);
            return new Outcome(params.i());
        }
    }

    private final JobMon jobmon;
    private final Path folder;

    private SlurmSweep(JobMon jobmon, Path folder) {
        this.jobmon = jobmon;
        this.folder = folder;
    }

    /**
     * Measures and prints.
     *
     * @param args how many experiments of 1 s, by default 1000; 0 leaves them out
     * @throws Exception if a file cannot be made
     */
    public static void main(String[] args) throws Exception {
        int many = args.length > 0 ? Integer.parseInt(args[0]) : MANY;
        Path folder = Files.createTempDirectory("jobmon-bench-");
        try (BenchRedis redis = BenchRedis.start();
                JobMon jobmon = JobMon.connect(redis.uri())) {
            System.out.printf(
                    Locale.ROOT,
                    "%d cores, load %.1f before%n",
                    Runtime.getRuntime().availableProcessors(),
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            SlurmSweep bench = new SlurmSweep(jobmon, folder);
            if (many > 0) {
                bench.many(many);
            }
            bench.shortTime();
        } finally {
            delete(folder);
        }
    }

    private Fleet fleet(String name, Duration time) throws IOException {
        Path notes = Files.createDirectories(notes(name));
        return jobmon.fleet()
                .main(FleetWorker.class)
                .idle(IDLE)
                .host(Slurm.local()
                        .name(name)
                        .workers(WORKERS)
                        .slots(SLOTS)
                        .time(time)
                        .workdir(folder.resolve("work").toString())
                        .jvmOptions("-Xmx128m", "-D" + NOTES + "=" + notes))
                .build();
    }

    private Path notes(String name) {
        return folder.resolve("notes-" + name);
    }

    private Sweep<Nap.Params, Nap.Outcome> post(int experiments, int millis) {
        return jobmon.post(new Nap())
                .sweep(ParamSpace.grid()
                        .axis("i", Axis.range(0, experiments - 1, 1))
                        .axis("millis", millis));
    }

    private void many(int experiments) throws IOException, InterruptedException {
        try (Fleet fleet = fleet("many", Duration.ofMinutes(10))) {
            fleet.sync();
            try {
                fleet.launch();
                while (jobmon.net().size() < WORKERS) {
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                long began = System.nanoTime();
                Sweep<Nap.Params, Nap.Outcome> sweep = post(experiments, 1000);
                sweep.await();
                double seconds = (System.nanoTime() - began) / 1e9;
                double ideal = (double) experiments / (WORKERS * SLOTS);
                System.out.printf(
                        Locale.ROOT,
                        "%,d experiments of 1 s on %d slots: %.1f s, ideal %.0f s; target within 5 %%, seen %.1f %%;"
                                + " %s%n",
                        experiments,
                        WORKERS * SLOTS,
                        seconds,
                        ideal,
                        PERCENT * (seconds / ideal - 1),
                        account(sweep, "many"));
            } finally {
                fleet.stop();
            }
        }
    }

    private void shortTime() throws IOException, InterruptedException {
        try (Fleet fleet = fleet("short", Duration.ofMinutes(1))) {
            fleet.sync();
            try {
                long began = System.nanoTime();
                Sweep<Nap.Params, Nap.Outcome> sweep = post(FEW, LONG_MILLIS);
                int arrays = 0;
                do {
                    if (ended(fleet)) {
                        if (arrays == MOST_ARRAYS) {
                            throw new IllegalStateException(
                                    "Not complete after " + arrays + " arrays: " + sweep.progress());
                        }
                        fleet.launch();
                        arrays++;
                    }
                } while (!sweep.await(Duration.ofSeconds(1)));
                System.out.printf(
                        Locale.ROOT,
                        "%d experiments of %d s on tasks of a minute: %d arrays, %.0f s; target 0 killed, seen %s%n",
                        FEW,
                        LONG_MILLIS / 1000,
                        arrays,
                        (System.nanoTime() - began) / 1e9,
                        account(sweep, "short"));
            } finally {
                fleet.stop();
            }
        }
    }

    private static boolean ended(Fleet fleet) {
        HostStatus status = fleet.status().get(0);
        return status.pending() + status.running() == 0;
    }

    private String account(Sweep<?, ?> sweep, String name) throws IOException {
        List<? extends Result<?, ?>> results = sweep.results().stream().toList();
        long again = results.stream().filter(result -> result.attempts() > 1).count();
        long good = results.stream().filter(Result::succeeded).count();
        try (Stream<Path> unfinished = Files.list(notes(name))) {
            return String.format(
                    Locale.ROOT,
                    "%d begun and not finished, %d of more than one attempt, %d missing",
                    unfinished.count(),
                    again,
                    sweep.size() - good);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}

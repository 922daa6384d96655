package io.jobmon.examples;

import io.jobmon.Axis;
import io.jobmon.Fleet;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.ProgressBar;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.WorkerStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The percolation sweep on the hosts of a file: brings this program there, starts workers, runs the sweep, stops them.
 *
 * <p>Arguments: {@code jobmon.yaml}, and a file with the URI of a Redis that the hosts can reach. Without the second it starts
 * a Redis of its own, which only workers on this machine can reach, and helps with one slot.
 */
public final class ClusterSweep {

    private static final int PATIENCE_SECONDS = 60;

    private ClusterSweep() {}

    /**
     * Runs the sweep.
     *
     * @param args the file of hosts, and the file of the URI
     * @throws IOException if a file cannot be read
     * @throws InterruptedException if this thread is interrupted while it waits for workers
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 0) {
            System.err.println(
                    "Give the file that lists the hosts: ClusterSweep jobmon.yaml [file with the URI of Redis]");
            System.exit(2);
        }
        try (JobMon jobmon = args.length > 1
                ? JobMon.connect(Files.readString(Path.of(args[1])).strip())
                : JobMon.local(1)) {
            Fleet fleet = jobmon.fleet()
                    .main(PercolationWorker.class)
                    .hosts(Path.of(args[0]))
                    .build();
            fleet.hosts().forEach(System.out::println);
            fleet.sync();
            try {
                fleet.launch();
                awaitWorkers(jobmon, fleet);
                jobmon.net().forEach(System.out::println);
                run(jobmon);
            } finally {
                fleet.stop();
            }
        }
    }

    /**
     * Waits a minute, at most, for workers that a batch scheduler has accepted. A sweep needs no such thing: it begins with those
     * that are there, and others join when they come; but this one would be over by then.
     */
    private static void awaitWorkers(JobMon jobmon, Fleet fleet) throws InterruptedException {
        int launched = fleet.status().stream()
                .mapToInt(host -> host.running() + host.pending())
                .sum();
        for (int second = 0; second < PATIENCE_SECONDS && launchedAndSeen(jobmon) < launched; second++) {
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private static long launchedAndSeen(JobMon jobmon) {
        return jobmon.net().stream().filter(worker -> !worker.place().isEmpty()).count();
    }

    private static void run(JobMon jobmon) {
        Sweep<Percolation.Params, Percolation.Outcome> sweep = jobmon.post(new Percolation())
                .describe("site percolation on the square lattice")
                .replicates(40)
                .sweep(ParamSpace.grid()
                        .axis("p", Axis.linspace(0.50, 0.70, 11))
                        .axis("n", 128, 256));
        sweep.await(ProgressBar.console());
        Map<String, String> places = jobmon.net().stream()
                .collect(Collectors.toMap(
                        WorkerStatus::id, worker -> worker.place().isEmpty() ? "this program" : worker.place()));
        Map<String, Integer> counts = new TreeMap<>();
        for (Result<?, ?> result : sweep.results()) {
            counts.merge(places.getOrDefault(result.worker(), result.worker()), 1, Integer::sum);
        }
        counts.forEach((place, count) -> System.out.println(place + " ran " + count));
        System.out.println(sweep.results().summary("spans"));
    }
}

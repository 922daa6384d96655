package com.example;

import com.example.Percolation.Outcome;
import com.example.Percolation.Params;
import io.jobmon.Axis;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.ProgressBar;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** The shortest program's sweep on a server (its URI in a file), run by workers elsewhere, then with one in here as well. */
public final class ClusterProgram {
    public static void main(String[] args) throws IOException {
        try (JobMon jobmon = JobMon.connect(Files.readString(Path.of(args[0])).strip())) {
            Sweep<Params, Outcome> sweep = jobmon.post(new Percolation())
                    .describe("site percolation on the square lattice")
                    .replicates(100)
                    .sweep(ParamSpace.grid()
                            .axis("p", Axis.linspace(0.50, 0.70, 21))
                            .axis("n", 64, 128));
            sweep.await(ProgressBar.console());
            sweep.results().writeCsv(Path.of("cluster.csv"));

            try (Worker worker = jobmon.worker().job(new Percolation()).slots(8).start()) {
                Sweep<Params, Outcome> more = jobmon.post(new Percolation()).seed(1).run(new Params(0.6, 256), 2000);
                more.await();
                Set<String> workers = more.results().stream().map(Result::worker).collect(Collectors.toSet());
                Check.that(workers.contains(worker.id()), "the worker in this program ran some of " + workers);
            }
            String hash = sweep.jobHash();
            Check.that(jobmon.attach(sweep.id(), new Percolation()).progress().complete(), "attached, and complete");
            jobmon.describe(hash, "site percolation");
            jobmon.clean(hash);
            Check.refused("There is no job with the hash " + hash, () -> jobmon.clean(hash));
        }
        System.out.println("cluster: passed");
    }
}

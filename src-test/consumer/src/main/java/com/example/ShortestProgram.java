package com.example;

import com.example.Percolation.Outcome;
import com.example.Percolation.Params;
import io.jobmon.Axis;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.ProgressBar;
import io.jobmon.Sweep;
import java.nio.file.Path;

public final class ShortestProgram {
    public static void main(String[] args) {
        try (JobMon jobmon = JobMon.local()) {                  // embedded Redis + workers in this JVM, one slot per core
            Sweep<Params, Outcome> sweep = jobmon.post(new Percolation())
                    .describe("site percolation on the square lattice")
                    .replicates(100)
                    .sweep(ParamSpace.grid()
                            .axis("p", Axis.linspace(0.50, 0.70, 21))
                            .axis("n", 64, 128));
            sweep.await(ProgressBar.console());                 // a bar on a terminal, plain lines elsewhere
            sweep.results().writeCsv(Path.of("percolation.csv"));
            System.out.println(sweep.results().summary("spans"));   // mean, sd, 95 % interval per parameter point
        }
    }
}

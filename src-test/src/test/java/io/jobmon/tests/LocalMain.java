package io.jobmon.tests;

import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.Sweep;
import java.io.IOException;
import java.nio.file.Path;

/** A program that keeps its sweep in a folder. Arguments: the folder, a file for the results, how many i. */
public final class LocalMain {

    private LocalMain() {}

    /** Posts, waits, writes; says when it has come so far. */
    public static void main(String[] args) throws IOException {
        WorkerMain.endWithParent();
        try (JobMon jobmon = JobMon.local(Path.of(args[0]))) {
            long begun = System.nanoTime();
            Sweep<?, ?> sweep = jobmon.post(new Sampling()).seed(7).sweep(FaultCase.samples(Integer.parseInt(args[2])));
            System.out.println("begins with " + sweep.progress().done());
            sweep.await();
            System.out.println("complete after ms " + (System.nanoTime() - begun) / 1_000_000);
            sweep.results().writeCsv(Path.of(args[1]));
        } catch (JobMonException e) {
            System.out.println("refused: " + e.getMessage());
            System.exit(2);
        }
    }
}

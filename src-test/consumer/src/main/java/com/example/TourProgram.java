package com.example;

import com.example.Percolation.Outcome;
import com.example.Percolation.Params;
import io.jobmon.Axis;
import io.jobmon.CsvColumns;
import io.jobmon.Failures;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.Result;
import io.jobmon.Results;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What else the contract has: ways to post, to read, to fail, to go on. */
public final class TourProgram {
    public static void main(String[] args) throws IOException {
        try (JobMon jobmon = JobMon.local(2)) {
            waysToPost(jobmon);
            waysToRead(jobmon);
            failures(jobmon);
            refusals(jobmon);
        }
        sameBytes();
        goingOn(Path.of("kept here"));
        System.out.println("tour: passed");
    }

    private static void waysToPost(JobMon jobmon) {
        Job<Integer, Integer> square = Job.of("square", "1", Integer.class, Integer.class, (x, experiment) -> x * x);
        Check.that(values(jobmon.post(square).sweep("value", 1, 2, 3)).equals(List.of(1, 4, 9)), "Job.of, listed values");
        Check.that(
                values(jobmon.post(square).sweep("value", Axis.range(4, 6, 1))).equals(List.of(16, 25, 36)), "an axis");
        Check.that(values(jobmon.post(square).sweep(List.of(7, 8))).equals(List.of(49, 64)), "listed parameters");
        Check.that(values(jobmon.post(square).run(9)).equals(List.of(81)), "one run");
        Check.that(
                values(jobmon.post(square).sweep(ParamSpace.points(List.of(10)))).equals(List.of(100)), "a space of points");

        Sweep<Params, Outcome> repeated = jobmon.post(new Percolation()).run(new Params(0.6, 32), 50);
        repeated.await();
        Check.that(repeated.size() == 50, "n runs");
        Check.that(
                repeated.results().stream().mapToInt(Result::replicate).sum() == 49 * 50 / 2, "replicates from 0 to n - 1");
        Check.that(
                repeated.results().stream().map(Result::value).distinct().count() > 1, "random numbers of their own");
    }

    private static void waysToRead(JobMon jobmon) throws IOException {
        Sweep<Params, Outcome> sweep = jobmon.post(new Percolation())
                .replicates(3)
                .sweep(List.of(new Params(0.5, 16), new Params(0.9, 16)));
        try (Stream<Result<Params, Outcome>> stream = sweep.stream()) {
            Check.that(stream.mapToLong(Result::index).sorted().boxed().toList().equals(List.of(0L, 1L, 2L, 3L, 4L, 5L)),
                    "a stream that ends with the sweep, each index once");
        }
        Check.that(sweep.await(Duration.ofMinutes(1)), "await with a limit");
        Results<Params, Outcome> results = sweep.results();
        Path run = Path.of("run.csv");
        results.writeCsv(run, CsvColumns.WITH_RUN);
        Check.that(Files.readAllLines(run).get(0).equals("index,p,n,replicate,spans,largest,attempts,elapsed,worker"),
                "CSV with the run's columns");
        Path json = Path.of("results.jsonl");
        results.writeJsonLines(json);
        Check.that(Files.readAllLines(json).size() == 6, "a JSON line for each result");
        Check.that(results.summary("spans").rows().get(1).mean() == 1, "at p = 0.9 every lattice spans");
        Check.that(sweep.replay(5).equals(last(results).value()), "replay gives what was stored");
        Check.that(last(results).attempts() == 1 && !last(results).elapsed().isNegative(), "attempts and time");
    }

    private static void failures(JobMon jobmon) {
        Sweep<Long, Integer> sweep = jobmon.post(new Collatz())
                .attempts(2)
                .backoff(Duration.ZERO)
                .sweep("value", Axis.range(12, 15, 1));
        sweep.await();
        Failures failures = sweep.failures();
        System.out.println(failures);
        Check.that(failures.total() == 1 && failures.groups().get(0).examples().equals(List.of(1L)), "one dead letter");
        Check.that(failures.groups().get(0).cause().message().equals("13 brings bad luck"), "with its cause");
        Check.that(sweep.stream().filter(result -> !result.succeeded()).count() == 1, "failures in the stream");
        Check.that(values(sweep).equals(List.of(9, 17, 17)), "its neighbours are unharmed");
        try {
            sweep.replay(1);
            throw new AssertionError("replay did not throw");
        } catch (IllegalStateException e) {
            Check.that(e.getMessage().equals("13 brings bad luck"), "replay rethrows the job's own exception");
        }
        Check.that(sweep.retryFailed() == 1, "retryFailed");
        sweep.await();
        Check.that(sweep.failures().total() == 1, "and failed again");
    }

    private static void refusals(JobMon jobmon) {
        Check.refused("Percolation has no parameter 'sed'; it has p, n", () -> jobmon.post(new Percolation())
                .sweep(ParamSpace.grid().axis("p", 0.5).axis("n", 8).axis("sed", 1)));
        Check.refused("", () -> jobmon.post(new Percolation()).sweep("p", 0.5));
        Check.refused("", () -> jobmon.post(new Percolation()).replicates(0));
        Check.refused("", () -> jobmon.post(new Percolation()).seed(1).seed(2));
        Check.refused("", () -> Axis.linspace(0, Double.NaN, 3));
    }

    private static void sameBytes() throws IOException {
        for (int slots : new int[] {1, 8}) {
            try (JobMon jobmon = JobMon.local(slots)) {
                Sweep<Params, Outcome> sweep = jobmon.post(new Percolation())
                        .replicates(20)
                        .seed(7)
                        .sweep(ParamSpace.grid().axis("p", Axis.linspace(0.5, 0.7, 5)).axis("n", 16, 32));
                sweep.await();
                sweep.results().writeCsv(Path.of("slots" + slots + ".csv"));
            }
        }
        Check.that(Files.mismatch(Path.of("slots1.csv"), Path.of("slots8.csv")) == -1, "the same CSV on 1 slot and on 8");
    }

    private static void goingOn(Path folder) {
        int before = Collatz.EXECUTIONS.get();
        for (long last : new long[] {10, 10, 12}) {
            try (JobMon jobmon = JobMon.local(folder);
                    Worker worker = jobmon.worker().job(new Collatz()).slots(8).start()) {
                Sweep<Long, Integer> sweep = jobmon.post(new Collatz()).sweep("value", Axis.range(1, last, 1));
                sweep.await();
                Check.that(values(sweep).size() == last, "up to " + last + ", with worker " + worker.id());
            }
        }
        Check.that(Collatz.EXECUTIONS.get() - before == 12, "run again and extended, each number ran once");
    }

    private static <P, R> List<R> values(Sweep<P, R> sweep) {
        sweep.await();
        return sweep.results().stream().map(Result::value).toList();
    }

    private static <P, R> Result<P, R> last(Results<P, R> results) {
        return results.stream().reduce((first, second) -> second).orElseThrow();
    }
}

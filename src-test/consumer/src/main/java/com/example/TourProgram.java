package com.example;

import com.example.Percolation.Outcome;
import com.example.Percolation.Params;
import io.jobmon.Axis;
import io.jobmon.CommandJob;
import io.jobmon.CommandOutput;
import io.jobmon.Experiment;
import io.jobmon.Isolation;
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
import java.util.Map;
import java.util.stream.Stream;

/** What else the contract has: ways to post, to read, to fail, to go on. */
public final class TourProgram {
    public static void main(String[] args) throws IOException {
        try (JobMon jobmon = JobMon.local(2)) {
            waysToPost(jobmon);
            waysToRead(jobmon);
            failures(jobmon);
            refusals(jobmon);
            childJvms(jobmon);
            programs(jobmon);
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
        Check.refused("The parameter n of Percolation has no values", () -> jobmon.post(new Percolation())
                .sweep("p", 0.5));
        Check.refused("replicates is 0; give at least 1", () -> jobmon.post(new Percolation()).replicates(0));
        Check.refused("seed(..) was used twice", () -> jobmon.post(new Percolation()).seed(1).seed(2));
        Check.refused("is NaN; only finite numbers", () -> Axis.linspace(0, Double.NaN, 3));
    }

    /** 3 halts its JVM. */
    public static final class Halting implements Job<Integer, Integer> {
        @Override
        public Integer run(Integer x, Experiment experiment) {
            if (x == 3) {
                Runtime.getRuntime().halt(9);
            }
            return x * experiment.attempt();
        }
    }

    private static void childJvms(JobMon jobmon) {
        Sweep<Integer, Integer> sweep = jobmon.post(new Halting())
                .isolation(Isolation.PROCESS.maxHeap("64m").renewAfter(100))
                .attempts(2)
                .backoff(Duration.ZERO)
                .sweep("value", Axis.range(1, 5, 1));
        sweep.await();
        System.out.println(sweep.failures());
        Check.that(values(sweep).equals(List.of(1, 2, 4, 5)), "all but the one that halts its JVM");
        Check.that(sweep.failures().groups().get(0).cause().message().contains("exit code 9"), "and why");
        Job<Integer, Integer> cube = Job.of("cube", "1", Integer.class, Integer.class, (x, experiment) -> x * x * x);
        Check.that(values(jobmon.post(cube).isolation(Isolation.PROCESS).sweep("value", 2, 3)).equals(List.of(8, 27)),
                "a function in a child JVM");
        Check.refused("write Isolation.PROCESS.maxHeap(..)", () -> Isolation.THREAD.maxHeap("1g"));
    }

    private static void programs(JobMon jobmon) {
        CommandJob<Integer> sum = CommandJob.of("sum", "sh", "-c", "echo $((JOBMON_PARAM_a + $1))", "sum", "{b}")
                .outcome(Integer.class);
        Check.that(values(jobmon.post(sum).sweep(ParamSpace.grid().axis("a", 1, 2).axis("b", 10, 20)))
                .equals(List.of(11, 21, 12, 22)), "a program's output");
        CommandJob<Map<String, Object>> object = CommandJob.of("object", "cat");
        Check.that(values(jobmon.post(object).sweep("x", 7)).get(0).get("x").toString().equals("7"), "a JSON object");
        CommandJob<Integer> exit = CommandJob.of("true", "true").outcome(Integer.class, CommandOutput::exitCode);
        Check.that(values(jobmon.post(exit).run(Map.of())).equals(List.of(0)), "what a function makes of it");
        Check.refused("use JOBMON_PARAM_a from the environment", () -> jobmon.post(CommandJob.of("bad", "sh", "-c", "echo {a}"))
                .sweep("a", 1));
        Check.refused("object is a CommandJob", () -> jobmon.post(object).isolation(Isolation.PROCESS));
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

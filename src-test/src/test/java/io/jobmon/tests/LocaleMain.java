package io.jobmon.tests;

import io.jobmon.CommandJob;
import io.jobmon.CommandOutput;
import io.jobmon.Experiment;
import io.jobmon.Failure;
import io.jobmon.Isolation;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.Sweep;
import java.util.List;
import java.util.Map;

/** Hands texts to programs from a JVM whose environment has no locale, and prints in ASCII what became of them. */
public final class LocaleMain {

    private static final String TEXT = "Gr\u00fc\u00dfe \ud83e\udd8a\n";

    private LocaleMain() {}

    /** Runs a sweep each. */
    public static void main(String[] args) {
        try (JobMon jobmon = JobMon.local(1)) {
            System.out.println(
                    "stdin: " + run(jobmon, CommandJob.of("stdin", "cat").outcome(Params.class), "x", TEXT));
            System.out.println("argument: "
                    + run(
                            jobmon,
                            CommandJob.of("argument", "printf", "%s", "{my x}")
                                    .outcome(String.class, CommandOutput::stdout),
                            "my x",
                            TEXT));
            System.out.println("variable: "
                    + run(jobmon, CommandJob.of("variable", "echo", "1").outcome(Integer.class), "x", TEXT));
            System.out.println("child: " + child(jobmon));
            System.out.println("ascii: "
                    + run(
                            jobmon,
                            CommandJob.of("ascii", "sh", "-c", "printf '%s \\303\\274' \"$JOBMON_PARAM_x\"")
                                    .outcome(String.class, CommandOutput::stdout),
                            "x",
                            "plain"));
        }
    }

    record Params(String x) {}

    /** Gives its parameter back: as a result, on both streams, in an exception. */
    static final class Echo implements Job<Params, Params> {
        @Override
        public Params run(Params params, Experiment experiment) {
            if (experiment.replicate() == 0) {
                return params;
            }
            System.out.print(params.x());
            System.err.print(params.x());
            throw new IllegalStateException(params.x());
        }
    }

    private static String child(JobMon jobmon) {
        Sweep<Params, Params> sweep = jobmon.post(new Echo())
                .isolation(Isolation.PROCESS.maxHeap("64m"))
                .attempts(1)
                .replicates(2)
                .sweep("x", TEXT);
        sweep.await();
        Failure failure = sweep.failures().groups().get(0).cause();
        String value =
                sweep.results().stream().findFirst().orElseThrow().value().x();
        return List.of(value, failure.message(), failure.stdout(), failure.stderr())
                .toString()
                .replace(TEXT, "TEXT");
    }

    private static String run(JobMon jobmon, CommandJob<?> job, String name, String text) {
        Sweep<Map<String, Object>, ?> sweep = jobmon.post(job).attempts(1).sweep(name, text);
        sweep.await();
        String shown = sweep.progress().dead() == 0
                ? sweep.results().stream().findFirst().orElseThrow().value().toString()
                : sweep.failures().groups().get(0).cause().toString();
        return shown.replace(TEXT, "TEXT").replace("\u00fc", "UE");
    }
}

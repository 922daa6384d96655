package io.jobmon.tests;

import io.jobmon.CommandJob;
import io.jobmon.CommandOutput;

/** Programs that do what tests are afraid of. The variable MARKS, a folder, is where they leave their process ids. */
final class ProgramJobs {

    private ProgramJobs() {}

    /** Two processes that ignore SIGTERM and would sleep for long. */
    static CommandJob<Integer> stubborn(String marks) {
        return job(
                "stubborn",
                marks,
                "trap '' TERM; sleep 1000 & echo $! > \"$MARKS/$JOBMON_INDEX-child\"; echo $$ >"
                        + " \"$MARKS/$JOBMON_INDEX\"; sleep 1000; sleep 1000");
    }

    /** A process that sleeps for long. */
    static CommandJob<Integer> sleeping(String marks) {
        return job("sleeping", marks, "echo $$ > \"$MARKS/$JOBMON_INDEX\"; exec sleep 1000");
    }

    /** A process that sleeps for long, and says so if its working folder goes meanwhile. */
    static CommandJob<Integer> watchful(String marks) {
        return job(
                "watchful",
                marks,
                "touch here; echo $$ > \"$MARKS/$JOBMON_INDEX\"; while [ -e here ]; do sleep 0.01; done; echo >"
                        + " \"$MARKS/gone\"");
    }

    static CommandJob<Integer> job(String name, String marks, String script) {
        return CommandJob.of(name, "sh", "-c", script)
                .environment("MARKS", marks)
                .outcome(Integer.class, CommandOutput::exitCode);
    }
}

package io.jobmon.cli;

import java.io.PrintStream;
import java.util.List;

/** The names of all commands, and what {@code --help} says. Needs no other class: it is to be there at once. */
final class Overview {

    /**
     * A command.
     *
     * @param name what is typed
     * @param text what it does
     */
    record Line(String name, String text) {}

    static final List<Line> LINES = List.of(
            new Line("init", "Write a jobmon.yaml with comments into this folder."),
            new Line("run", "Sweep here and now, on this machine alone."),
            new Line("spawn", "Start a head: a Redis that outlives this command."),
            new Line("killspawn", "End a head in order."),
            new Line("sync", "Bring the program, its files and its data to the hosts."),
            new Line("qsync", "As sync, without the data."),
            new Line("launch", "Start workers on the hosts."),
            new Line("kill", "Stop the workers on the hosts."),
            new Line("net", "List the workers that are alive, and the age of each heartbeat."),
            new Line("jobs", "List the jobs that were posted, and where they stand."),
            new Line("postjob", "Post N runs of a job without parameters."),
            new Line("postexp", "Post N runs of a job at one point."),
            new Line("postsweep", "Post a job over all combinations of values."),
            new Line("post2dsweep", "Post N runs for each pair of values of two parameters."),
            new Line("watch", "Follow a sweep until it has ended."),
            new Line("results", "Show or write the results of a sweep that are there."),
            new Line("plot", "Draw the results of a sweep: PNG or SVG."),
            new Line("failures", "Show the failed experiments of a sweep, grouped by cause."),
            new Line("explain", "Say why a sweep stands where it stands, and what would make it go on."),
            new Line("retry", "Run the failed experiments of a sweep again."),
            new Line("cancel", "Cancel a sweep; its results stay."),
            new Line("replay", "Run one experiment of a sweep here and now."),
            new Line("logs", "Show the workers' logs; -f follows."),
            new Line("describe", "Describe a job anew; without a text, show its description."),
            new Line("source", "Show a job's source, as it was posted."),
            new Line("clean", "Delete jobs with all their sweeps and results."),
            new Line("cleanres", "Delete a sweep with its results."),
            new Line("gc", "Remove what nobody needs, never a result."),
            new Line("worker", "Run a worker here until it is stopped."),
            new Line("completion", "Print a completion script for bash and zsh."));

    private static final int WIDTH = 13;

    private Overview() {}

    static boolean isAskedFor(String... args) {
        return args.length == 1 && (args[0].equals("--help") || args[0].equals("-h") || args[0].equals("help"));
    }

    static void print(String program, PrintStream out) {
        StringBuilder text =
                new StringBuilder("Parameter sweeps and parallel simulations on the machines you have.\n\n");
        text.append("Usage: ").append(program).append(" COMMAND [OPTIONS] ...\n\nCommands:\n");
        for (Line line : LINES) {
            text.append("  ")
                    .append(line.name())
                    .append(" ".repeat(WIDTH - line.name().length()));
            text.append(line.text()).append('\n');
        }
        text.append(
                "\njobmon.yaml in this folder (or --file) says what runs, and where. Redis is found in this order:\n");
        text.append(
                "--redis, JOBMON_REDIS or JOBMON_REDIS_FILE, redis: or local: in jobmon.yaml, the head in ~/.jobmon.\n");
        text.append("Exit codes: 0 it worked, 1 it failed, 2 it was not understood. ");
        text.append(program).append(" COMMAND --help says more.\n");
        out.print(text);
    }
}

package io.jobmon.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Makes commands. Looking at the annotations of all of them takes most of the time of a short command, so only the one that was
 * typed is made.
 */
final class Commands {

    private Commands() {}

    /** Adds all commands: the typed one whole, the names of the others. */
    static void addTo(CommandSpec root, String typed, Surroundings around) {
        boolean all = typed.equals("completion");
        for (Overview.Line each : Overview.LINES) {
            if (all || each.name().equals(typed)) {
                JmCommand command = make(each.name());
                command.around(around);
                CommandLine line = new CommandLine(command);
                line.getCommandSpec().usageMessage().header(each.text());
                root.addSubcommand(each.name(), line);
            } else {
                root.addSubcommand(each.name(), CommandSpec.create());
            }
        }
    }

    private static JmCommand make(String name) {
        return switch (name) {
            case "init" -> new InitCommand();
            case "run" -> new RunCommand();
            case "spawn" -> new SpawnCommand();
            case "killspawn" -> new KillSpawnCommand();
            case "sync" -> new SyncCommand();
            case "qsync" -> new QuickSyncCommand();
            case "launch" -> new LaunchCommand();
            case "kill" -> new KillCommand();
            case "net" -> new NetCommand();
            case "jobs" -> new JobsCommand();
            case "postjob" -> new PostJobCommand();
            case "postexp" -> new PostExpCommand();
            case "postsweep" -> new PostSweepCommand();
            case "post2dsweep" -> new Post2dSweepCommand();
            case "watch" -> new WatchCommand();
            case "results" -> new ResultsCommand();
            case "plot" -> new PlotCommand();
            case "failures" -> new FailuresCommand();
            case "explain" -> new ExplainCommand();
            case "retry" -> new RetryCommand();
            case "cancel" -> new CancelCommand();
            case "replay" -> new ReplayCommand();
            case "logs" -> new LogsCommand();
            case "describe" -> new DescribeCommand();
            case "source" -> new SourceCommand();
            case "clean" -> new CleanCommand();
            case "cleanres" -> new CleanResultsCommand();
            case "gc" -> new GcCommand();
            case "worker" -> new WorkerCommand();
            case "completion" -> new CompletionCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }
}

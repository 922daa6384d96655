package io.jobmon.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What stands behind {@code jm}. */
@Command(
        name = "jm",
        synopsisSubcommandLabel = "COMMAND",
        description = "Parameter sweeps and parallel simulations on the machines you have.",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "jobmon.yaml in this folder (or --file) says what runs, and where. Redis is found in this order:",
            "--redis, JOBMON_REDIS or JOBMON_REDIS_FILE, redis: or local: in jobmon.yaml, the head in ~/.jobmon.",
            "Exit codes: 0 it worked, 1 it failed, 2 it was not understood. jm COMMAND --help says more."
        },
        subcommands = {
            InitCommand.class,
            RunCommand.class,
            SpawnCommand.class,
            KillSpawnCommand.class,
            SyncCommand.class,
            QuickSyncCommand.class,
            LaunchCommand.class,
            KillCommand.class,
            NetCommand.class,
            JobsCommand.class,
            PostJobCommand.class,
            PostExpCommand.class,
            PostSweepCommand.class,
            Post2dSweepCommand.class,
            WatchCommand.class,
            ResultsCommand.class,
            FailuresCommand.class,
            ExplainCommand.class,
            RetryCommand.class,
            CancelCommand.class,
            ReplayCommand.class,
            LogsCommand.class,
            DescribeCommand.class,
            SourceCommand.class,
            CleanCommand.class,
            CleanResultsCommand.class,
            GcCommand.class,
            WorkerCommand.class,
            CompletionCommand.class,
        })
final class Root implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Say this.")
    private boolean help;

    @Override
    public void run() {
        CommandLine line = spec.commandLine();
        throw new ParameterException(line, "Which command?");
    }
}

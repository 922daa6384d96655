package io.jobmon.cli;

import io.jobmon.JobMonException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands have. */
@Command(
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        abbreviateSynopsis = true,
        sortOptions = false)
abstract class JmCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(names = "--debug", order = 100, description = "When it fails, say where in the code.")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            order = 101,
            usageHelp = true,
            description = "Say this.")
    private boolean help;

    @SuppressWarnings("NullAway.Init")
    private Surroundings around;

    final void around(Surroundings surroundings) {
        this.around = surroundings;
    }

    final Surroundings around() {
        return around;
    }

    final Terminal terminal() {
        return around.terminal();
    }

    final PrintStream out() {
        return around.terminal().out();
    }

    /** A line for the person, beside the results. */
    final void say(String line) {
        around.terminal().err().println(line);
    }

    /** The program's name, for lines that the user is to type. */
    final String program() {
        return spec.root().name();
    }

    @Override
    public final Integer call() throws Exception {
        return execute();
    }

    /** Does it; answers the exit code. */
    abstract int execute() throws JobMonException;
}

package io.jobmon.cli;

import io.jobmon.JobMonException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses, runs, and turns what goes wrong into one line and an exit code. For one thread. */
final class CommandRunner {

    static final int FAILED = 1;
    static final int MISUSED = 2;

    private final Terminal terminal;
    private final CommandLine line;

    private CommandRunner(Surroundings around, CommandLine line) {
        this.terminal = around.terminal();
        this.line = line;
    }

    static int run(Surroundings around, String... given) {
        // Launchers start the user's program without arguments; then it is a worker.
        boolean launched = given.length == 0 && around.environment().containsKey("JOBMON_LAUNCH");
        String[] args = launched ? new String[] {"worker"} : given;
        if (args.length == 2 && args[0].equals("help")) {
            return run(around, args[1], "--help");
        }
        if (args.length > 1
                && Overview.LINES.stream().noneMatch(each -> each.name().equals(args[0]))) {
            // Else picocli would help with a command that there is not.
            return run(around, args[0]);
        }
        if (Overview.isAskedFor(args)) {
            Overview.print(program(around), around.terminal().out());
            return 0;
        }
        return new CommandRunner(around, line(around, args.length == 0 ? "" : args[0])).run(args);
    }

    private static CommandLine line(Surroundings around, String typed) {
        Terminal terminal = around.terminal();
        CommandLine line = new CommandLine(new Root());
        line.setCommandName(program(around));
        Commands.addTo(line.getCommandSpec(), typed, around);
        line.setOut(writer(terminal.out()));
        line.setErr(writer(terminal.err()));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF));
        line.setExpandAtFiles(false);
        line.setUsageHelpWidth(100);
        return line;
    }

    private static String program(Surroundings around) {
        return around.main().isPresent() ? around.main().get().getSimpleName() : "jm";
    }

    private static PrintWriter writer(java.io.OutputStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private int run(String... args) {
        line.setParameterExceptionHandler((e, all) -> misused(e));
        line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, parsed));
        try {
            return line.execute(args);
        } catch (Error e) {
            return unforeseen(e, List.of(args).contains("--debug"));
        } finally {
            terminal.out().flush();
            terminal.err().flush();
        }
    }

    private int misused(ParameterException e) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        StringBuilder text = new StringBuilder(Texts.line(String.valueOf(e.getMessage())));
        if (e instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
            String near = Likeness.of(
                    unmatched.getUnmatched().get(0).replaceFirst("=.*", ""),
                    e.getCommandLine().getCommandSpec().optionsMap().keySet());
            text.append(near.isEmpty() ? "." : "; did you mean " + near + "?");
        }
        if ("?.".indexOf(text.charAt(text.length() - 1)) < 0) {
            text.append('.');
        }
        if (e instanceof UnmatchedArgumentException unmatched
                && e.getCommandLine().getParent() == null) {
            text.setLength(0);
            text.append("There is no command '")
                    .append(unmatched.getUnmatched().get(0))
                    .append("'");
            String near = Likeness.of(
                    unmatched.getUnmatched().get(0),
                    Overview.LINES.stream().map(Overview.Line::name).toList());
            text.append(near.isEmpty() ? "." : "; did you mean " + near + "?");
        }
        say(text + " See: " + name + " --help");
        return MISUSED;
    }

    private int failed(Exception e, ParseResult parsed) {
        boolean debug = debug(parsed);
        if (!(e instanceof UsageException) && !(e instanceof JobMonException)) {
            return unforeseen(e, debug);
        }
        if (debug) {
            e.printStackTrace(terminal.err());
        }
        say(String.valueOf(e.getMessage()));
        return e instanceof UsageException ? MISUSED : FAILED;
    }

    private int unforeseen(Throwable e, boolean debug) {
        if (debug) {
            e.printStackTrace(terminal.err());
        }
        say(e + (debug ? "" : " (with --debug: where)"));
        return FAILED;
    }

    private static boolean debug(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last.hasMatchedOption("--debug");
    }

    /** The only line that a failing command says. */
    private void say(String text) {
        String program = line.getCommandName();
        terminal.err().println(program + ": " + Texts.line(Wording.typed(text, program)));
    }
}

package io.jobmon.ssh;

import io.jobmon.CommandChannel;
import io.jobmon.CommandResult;
import io.jobmon.JobMonException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs a scheduler's commands on a host. Arguments are passed on as they are; what a login shell says before the answer is cut
 * off.
 *
 * @param host what the host is called
 * @param programs where the user says that programs are
 */
record SchedulerCommands(String host, Map<String, String> programs) {

    /** Runs the command. */
    static final String PLAIN = "exec \"$@\"";

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int NOT_FOUND = 127;
    private static final String BEGIN = "jobmon:begin\n";

    /*
     * Schedulers keep the environment of a submission with the job: what is JobMon's in it may name Redis with its password.
     * Without a login shell, and so without /etc/profile, a scheduler's commands are often not on the PATH; the profile is
     * tried in a subshell first, since an error in it ends the shell.
     */
    private static final String BEFORE = """
            for name in $(env | sed -n 's/^\\(JOBMON_[A-Za-z0-9_]*\\)=.*/\\1/p'); do unset "$name"; done
            if ! command -v "$1" >/dev/null 2>&1 && (. /etc/profile; exit 0) >/dev/null 2>&1; then
                . /etc/profile >/dev/null 2>&1
            fi
            echo jobmon:begin
            echo jobmon:begin >&2
            """;

    /**
     * Runs a command.
     *
     * @param after shell lines that run the command in {@code "$@"}: a constant, such as {@link #PLAIN}
     */
    CommandResult run(CommandChannel channel, String after, String program, List<String> arguments) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", BEFORE + after, "sh"));
        argv.add(programs.getOrDefault(program, program));
        argv.addAll(arguments);
        CommandResult result = channel.run(argv, new byte[0], TIMEOUT);
        if (!result.stdout().contains(BEGIN)) {
            throw new JobMonException("The shell of " + host + " does not run " + program + ": it says "
                    + Texts.excerpt(result.stderr() + "\n" + result.stdout()) + ". Try `ssh " + host + " sh -c true`.");
        }
        if (result.exitCode() == NOT_FOUND) {
            throw new JobMonException(program + " is not found on " + host + ". Name a machine from which jobs can be"
                    + " submitted, or say where it is there: program(\"" + program + "\", \"/path/to/" + program
                    + "\").");
        }
        return new CommandResult(result.exitCode(), answer(result.stdout()), answer(result.stderr()));
    }

    private static String answer(String text) {
        int begin = text.indexOf(BEGIN);
        return begin < 0 ? text : text.substring(begin + BEGIN.length());
    }
}

package io.jobmon.ssh;

import io.jobmon.CommandChannel;
import io.jobmon.CommandResult;
import io.jobmon.JobMonException;
import io.jobmon.spi.BatchSystem;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What all schedulers have in common: an answer is understood or refused. */
abstract class ArraySystem implements BatchSystem {

    private final SchedulerCommands commands;
    private final BatchSettings settings;

    ArraySystem(SchedulerCommands commands, BatchSettings settings) {
        this.commands = commands;
        this.settings = settings;
    }

    /** What to do when the scheduler says no. */
    abstract List<Remedy> remedies();

    final BatchSettings settings() {
        return settings;
    }

    @Override
    public final int workers() {
        return settings.workers();
    }

    @Override
    public final Duration time() {
        return settings.time();
    }

    final CommandResult run(CommandChannel channel, String program, List<String> arguments) {
        return run(channel, SchedulerCommands.PLAIN, program, arguments);
    }

    final CommandResult run(CommandChannel channel, String after, String program, List<String> arguments) {
        return commands.run(channel, after, program, arguments);
    }

    /**
     * The id in the answer to a submission.
     *
     * @param id what an answer looks like
     * @param look how to find out what has become of it if the answer makes no sense
     */
    final String accepted(CommandResult result, Pattern id, String look) {
        if (!result.succeeded()) {
            throw refusal(result, "refuses the array");
        }
        String answer = result.stdout().strip();
        if (!id.matcher(answer).matches()) {
            throw new JobMonException(
                    kind() + " on " + commands.host() + " answers a submission with what is no id of an" + " array: "
                            + Texts.excerpt(answer) + ". It may have been accepted all the same: " + look + ".");
        }
        return answer;
    }

    final JobMonException refusal(CommandResult result, String what) {
        String words = Texts.excerpt(result.stderr().isBlank() ? result.stdout() : result.stderr());
        return new JobMonException(kind() + " on " + commands.host() + " " + what + " (exit code " + result.exitCode()
                + "): " + words + " - " + Remedy.find(remedies(), words));
    }

    final JobMonException nonsense(String command, String answer) {
        return new JobMonException(command + " on " + commands.host() + " answers what JobMon does not understand: "
                + Texts.excerpt(answer) + ". Run it there by hand; if it looks right, report it with the version of "
                + kind() + ".");
    }

    /** A name that every scheduler takes. */
    static String name(String name, int longest) {
        String plain = name.replaceAll("[^A-Za-z0-9_.-]", "_");
        String begun = plain.matches("[A-Za-z].*") ? plain : "j" + plain;
        return begun.substring(0, Math.min(longest, begun.length()));
    }

    /** The folder for what tasks print, if it has none of the characters that have a meaning in such a path. */
    final String folder(Array array, String meaning) {
        if (array.folder().chars().anyMatch(c -> meaning.indexOf(c) >= 0)) {
            throw new JobMonException(kind() + " gives a meaning to the characters " + meaning
                    + " in a path, so the work folder on " + commands.host() + " must have none of them; it is "
                    + Texts.excerpt(array.folder()) + ". Set another workdir(..).");
        }
        return array.folder();
    }
}

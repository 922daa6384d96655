package io.jobmon.ssh;

import static io.jobmon.ssh.Remedy.when;

import io.jobmon.CommandChannel;
import io.jobmon.CommandResult;
import io.jobmon.JobMonException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Grid Engine: qsub, qstat, qdel, qconf. */
final class SgeSystem extends ArraySystem {

    private static final Pattern ANSWER = Pattern.compile("([1-9][0-9]{0,8})\\.1-[0-9]+:1");
    private static final Pattern MOST = Pattern.compile("(?m)^max_aj_tasks\\s+(\\d{1,9})\\s*$");
    private static final Pattern GONE = Pattern.compile("(?i)does not exist");

    /** The user on that machine, who need not be called as here: without it, all users' jobs may be told. */
    private static final String OF_USER = "exec \"$@\" \"$(id -un)\"";

    private static final List<Remedy> REMEDIES = List.of(
            when("unknown queue", "Name a queue(..) that `qconf -sql` lists."),
            when(
                    "parallel environment",
                    "Name a parallel environment with option(\"pe\", ..); `qconf -spl` lists them."),
            when("project", "Name a project that you may use with option(\"P\", ..); `qconf -sprjl` lists them."),
            when(
                    "more than \\d+ (tasks|jobs)|job limit|too many",
                    "Set fewer workers(..), or wait until jobs of yours have ended; `qconf -sconf` shows the limits."),
            when(
                    "resource|no suitable queue",
                    "Ask for less: fewer slots(..), a shorter time(..), or mend option(\"l\", ..)."),
            when("invalid option|unknown option", "Mend option(..)."),
            when("SGE_ROOT|SGE_CELL", "Name a machine of the cluster, on which `qstat` works."),
            when(
                    "commlib|unable to (send|contact)|refused|timed? ?out",
                    "The cluster's master does not answer; try again later."),
            when("denied|no submit host|not allowed|access", "Ask those who run the cluster for access."));

    SgeSystem(SchedulerCommands commands, BatchSettings settings) {
        super(commands, settings);
    }

    @Override
    public String kind() {
        return "Grid Engine";
    }

    @Override
    public String taskNumber() {
        return "${SGE_TASK_ID}";
    }

    @Override
    List<Remedy> remedies() {
        return REMEDIES;
    }

    @Override
    public OptionalInt limit(CommandChannel channel) {
        CommandResult result = run(channel, "qconf", List.of("-sconf"));
        Matcher most = MOST.matcher(result.stdout());
        // Zero means that there is no limit.
        return result.succeeded() && most.find() && Integer.parseInt(most.group(1)) > 0
                ? OptionalInt.of(Integer.parseInt(most.group(1)))
                : OptionalInt.empty();
    }

    @Override
    public String submit(CommandChannel channel, Array array) {
        List<String> arguments = new ArrayList<>(options(array.slots()));
        arguments.addAll(List.of("-terse", "-t", "1-" + workers()));
        arguments.addAll(List.of("-N", name(array.name(), 200)));
        arguments.addAll(List.of("-l", "h_rt=" + settings().minutes() * 60));
        settings().queue().ifPresent(queue -> arguments.addAll(List.of("-q", queue)));
        arguments.addAll(List.of("-S", "/bin/sh", "-j", "y", "-o", folder(array, ":,$") + "/$TASK_ID.out"));
        arguments.addAll(List.of("-wd", array.folder(), array.script()));
        String look = "look with `qstat`, and cancel it with `qdel " + name(array.name(), 200) + "`";
        String answer = accepted(run(channel, "qsub", arguments), ANSWER, look);
        return answer.substring(0, answer.indexOf('.'));
    }

    private List<String> options(int slots) {
        List<String> arguments = new ArrayList<>();
        boolean environment = false;
        for (BatchSettings.Option option : settings().options()) {
            arguments.add("-" + option.name());
            if (!option.value().isEmpty()) {
                arguments.add(option.value());
            }
            if (option.name().equals("pe")) {
                environment = true;
                arguments.add(String.valueOf(slots));
            }
        }
        if (slots > 1 && !environment) {
            throw new JobMonException(
                    "Grid Engine needs the name of a parallel environment for workers of " + slots
                            + " slots: add option(\"pe\", ..) with one whose slots are on one machine; `qconf -spl` lists them.");
        }
        return arguments;
    }

    @Override
    public List<Task> tasks(CommandChannel channel, Collection<String> arrays) {
        if (arrays.isEmpty()) {
            return List.of();
        }
        arrays.forEach(SgeSystem::checked);
        CommandResult result = run(channel, OF_USER, "qstat", List.of("-xml", "-u"));
        if (!result.succeeded()) {
            throw refusal(result, "does not say what runs");
        }
        return SgeQueue.read(result.stdout(), arrays).orElseThrow(() -> nonsense("qstat", result.stdout()));
    }

    @Override
    public void withdraw(CommandChannel channel, String array) {
        CommandResult result = run(channel, "qhold", List.of(checked(array)));
        if (!result.succeeded()
                && !GONE.matcher(result.stdout() + result.stderr()).find()) {
            throw refusal(result, "does not hold array " + array);
        }
    }

    @Override
    public void cancel(CommandChannel channel, String array) {
        CommandResult result = run(channel, "qdel", List.of(checked(array)));
        if (!result.succeeded()
                && !GONE.matcher(result.stdout() + result.stderr()).find()) {
            throw refusal(result, "does not cancel array " + array);
        }
    }

    private static String checked(String array) {
        if (!array.matches("[1-9][0-9]{0,8}")) {
            throw new JobMonException("'" + Texts.excerpt(array) + "' is no id of an array of Grid Engine.");
        }
        return array;
    }
}

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

/** OpenPBS, PBS Professional and Torque: qsub, qstat, qdel, qmgr. */
final class PbsSystem extends ArraySystem {

    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}(\\[\\])?(\\.[A-Za-z0-9._:-]{1,255})?");
    private static final Pattern MOST =
            Pattern.compile("(?m)^set server max_(?:job_)?array_size\\s*=\\s*(\\d{1,9})\\s*$");
    private static final Pattern TORQUE = Pattern.compile("(?im)^\\s*version:");
    private static final Pattern GONE =
            Pattern.compile("(?i)unknown job|nonexistent job|has finished|invalid for state");

    private static final List<Remedy> REMEDIES = List.of(
            when("unknown queue|queue.*(not enabled|disabled)", "Name a queue(..) that `qstat -Q` lists."),
            when(
                    "account|project",
                    "Name an account or project of yours: option(\"A\", ..) or option(\"P\", ..), whichever the cluster"
                            + " uses."),
            when("array", "Set fewer workers(..): `qmgr -c 'print server'` shows max_array_size."),
            when(
                    "max(imum)? (number|queued|user)|would exceed|job limit",
                    "Set fewer workers(..), or wait until jobs of yours have ended; `qstat -Qf` shows the limits."),
            when(
                    "resource|walltime|violates|exceeds",
                    "Ask for less: fewer slots(..), a shorter time(..), another queue(..), or mend option(\"l\", ..)."),
            when("illegal|invalid option|usage:", "Mend option(..)."),
            when(
                    "cannot connect|refused|no server|timed out|communication failure",
                    "The server does not answer; try again later."),
            when("unauthorized|permission|denied|not allowed|bad uid", "Ask those who run the cluster for access."));

    PbsSystem(SchedulerCommands commands, BatchSettings settings) {
        super(commands, settings);
    }

    @Override
    public String kind() {
        return "PBS";
    }

    /** Of OpenPBS, of Torque; OpenPBS has no arrays of one. */
    @Override
    public String taskNumber() {
        return "${PBS_ARRAY_INDEX:-${PBS_ARRAYID:-1}}";
    }

    @Override
    List<Remedy> remedies() {
        return REMEDIES;
    }

    @Override
    public OptionalInt limit(CommandChannel channel) {
        CommandResult result = run(channel, "qmgr", List.of("-c", "print server"));
        Matcher most = MOST.matcher(result.stdout());
        return result.succeeded() && most.find()
                ? OptionalInt.of(Integer.parseInt(most.group(1)))
                : OptionalInt.empty();
    }

    @Override
    public String submit(CommandChannel channel, Array array) {
        List<String> arguments = new ArrayList<>();
        settings().options().forEach(option -> {
            arguments.add("-" + option.name());
            if (!option.value().isEmpty()) {
                arguments.add(option.value());
            }
        });
        boolean torque = torque(channel);
        if (torque || workers() > 1) {
            arguments.addAll(List.of(torque ? "-t" : "-J", "1-" + workers()));
        }
        String name = name(array.name(), 15);
        arguments.addAll(
                List.of("-N", name, "-l", "walltime=" + hours(settings().minutes())));
        if (settings().options().stream().noneMatch(PbsSystem::placed)) {
            arguments.addAll(List.of("-l", (torque ? "nodes=1:ppn=" : "select=1:ncpus=") + array.slots()));
        }
        settings().queue().ifPresent(queue -> arguments.addAll(List.of("-q", queue)));
        String number = torque ? "$PBS_ARRAYID" : workers() > 1 ? "^array_index^" : "1";
        arguments.addAll(List.of("-S", "/bin/sh", "-j", "oe", "-o", folder(array, ":,$^") + "/" + number + ".out"));
        arguments.add(array.script());
        return accepted(run(channel, "qsub", arguments), ID, "look with `qstat -u $USER`, and cancel it with `qdel`");
    }

    private static boolean placed(BatchSettings.Option option) {
        return option.name().equals("l") && option.value().matches("(.*,)?(select|nodes)=.*");
    }

    private boolean torque(CommandChannel channel) {
        CommandResult result = run(channel, "qsub", List.of("--version"));
        return TORQUE.matcher(result.stdout() + "\n" + result.stderr()).find();
    }

    private static String hours(long minutes) {
        return "%02d:%02d:00".formatted(minutes / 60, minutes % 60);
    }

    @Override
    public List<Task> tasks(CommandChannel channel, Collection<String> arrays) {
        if (arrays.isEmpty()) {
            return List.of();
        }
        List<String> arguments = new ArrayList<>(List.of("-t"));
        arrays.forEach(array -> arguments.add(checked(array)));
        CommandResult result = run(channel, "qstat", arguments);
        // What is gone is an error, told beside what is there.
        if (!result.succeeded() && !gone(result.stderr())) {
            throw refusal(result, "does not say what runs");
        }
        return PbsQueue.read(result.stdout(), arrays).orElseThrow(() -> nonsense("qstat", result.stdout()));
    }

    private static boolean gone(String errors) {
        return !errors.isBlank()
                && errors.lines()
                        .filter(line -> !line.isBlank())
                        .allMatch(line -> GONE.matcher(line).find());
    }

    /** Nothing: where jobs are checkpointed, qhold reaches those that run, too. */
    @Override
    public void withdraw(CommandChannel channel, String array) {}

    @Override
    public void cancel(CommandChannel channel, String array) {
        CommandResult result = run(channel, "qdel", List.of(checked(array)));
        if (!result.succeeded() && !gone(result.stderr())) {
            throw refusal(result, "does not cancel array " + array);
        }
    }

    private static String checked(String array) {
        if (!ID.matcher(array).matches()) {
            throw new JobMonException("'" + Texts.excerpt(array) + "' is no id of a PBS array.");
        }
        return array;
    }
}

package io.jobmon.ssh;

import static io.jobmon.ssh.Remedy.when;

import io.jobmon.CommandChannel;
import io.jobmon.CommandResult;
import io.jobmon.JobMonException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Slurm: sbatch, squeue, scancel, scontrol. */
final class SlurmSystem extends ArraySystem {

    private static final Pattern ID = Pattern.compile("[1-9][0-9]*(;[A-Za-z0-9_.-]+)?");
    private static final Pattern MOST = Pattern.compile("(?m)^MaxArraySize\\s*=\\s*(\\d{1,9})\\s*$");
    private static final Pattern GONE = Pattern.compile("(?i)invalid job id|already complet");

    /*
     * The squeue of Slurm 22.05 does not choose when it writes JSON: it tells all jobs of all users, 4 kB each. So its output
     * is cut off, and the plain format, in which it does choose, is asked for from then on.
     */
    private static final String CUT = "\"$@\" | head -c " + (1 << 20);

    private static final String RESOURCES =
            "Ask for less: fewer slots(..), or another partition(..); `sinfo --Node --long`"
                    + " shows what nodes have.";
    private static final List<Remedy> REMEDIES = List.of(
            when(
                    "invalid account|account.*invalid",
                    "Name an account of yours with option(\"account\", ..); `sacctmgr show associations user=$USER` lists"
                            + " them."),
            when(
                    "invalid qos",
                    "Name a QOS that you may use with option(\"qos\", ..); `sacctmgr show qos` lists them."),
            when(
                    "qos|assoc|submit limit",
                    "Ask for less: fewer workers(..) or slots(..), a shorter time(..), or wait until jobs of yours have"
                            + " ended; `sacctmgr show qos` shows the limits."),
            when("partition", "Name a partition(..) that `sinfo --summarize` lists."),
            when("time limit", "Set a shorter time(..); `sinfo --summarize` shows what partitions allow."),
            when("job array", "Set fewer workers(..): `scontrol show config` shows MaxArraySize."),
            when("node configuration|cpu count|more processors|memory", RESOURCES),
            when(
                    "(unrecognized|invalid|ambiguous|unknown|requires).*option|option.*(ambiguous|requires)",
                    "Mend option(..)."),
            when(
                    "configuration source|cannot stat file|configuration file",
                    "Name a login node of the cluster, on which `sinfo` works."),
            when(
                    "unable to contact|refused|timed out|zero bytes",
                    "The cluster's controller does not answer; try again later."),
            when(
                    "permission|denied|not permitted|not allowed|invalid user",
                    "Ask those who run the cluster for access."));

    private volatile boolean plain;

    SlurmSystem(SchedulerCommands commands, BatchSettings settings) {
        super(commands, settings);
    }

    @Override
    public String kind() {
        return "Slurm";
    }

    @Override
    public String taskNumber() {
        return "${SLURM_ARRAY_TASK_ID}";
    }

    @Override
    List<Remedy> remedies() {
        return REMEDIES;
    }

    @Override
    public OptionalInt limit(CommandChannel channel) {
        CommandResult result = run(channel, "scontrol", List.of("show", "config"));
        Matcher most = MOST.matcher(result.stdout());
        // The largest number of a task is one less, and the first is 1.
        return result.succeeded() && most.find()
                ? OptionalInt.of(Math.max(0, Integer.parseInt(most.group(1)) - 1))
                : OptionalInt.empty();
    }

    @Override
    public String submit(CommandChannel channel, Array array) {
        List<String> arguments = new ArrayList<>();
        settings().options().forEach(option -> arguments.add(argument(option)));
        arguments.add("--parsable");
        arguments.add("--array=1-" + workers());
        arguments.add("--job-name=" + array.name());
        arguments.add("--time=" + minutes(settings().minutes()));
        settings().queue().ifPresent(partition -> arguments.add("--partition=" + partition));
        arguments.add("--cpus-per-task=" + array.slots());
        arguments.add("--output=" + folder(array, "\\").replace("%", "%%") + "/%a.out");
        arguments.add(array.script());
        return accepted(
                run(channel, "sbatch", arguments),
                ID,
                "look with `squeue --name=" + array.name() + "`, and cancel it with `scancel --name=" + array.name()
                        + "`");
    }

    private static String argument(BatchSettings.Option option) {
        if (option.name().length() == 1) {
            return "-" + option.name() + option.value();
        }
        return "--" + option.name() + (option.value().isEmpty() ? "" : "=" + option.value());
    }

    private static String minutes(long minutes) {
        return "%d-%02d:%02d:00".formatted(minutes / 1440, minutes / 60 % 24, minutes % 60);
    }

    @Override
    public List<Task> tasks(CommandChannel channel, Collection<String> arrays) {
        if (arrays.isEmpty()) {
            return List.of();
        }
        Map<String, TreeMap<Long, String>> clusters = new TreeMap<>();
        for (String array : new TreeSet<>(arrays)) {
            clusters.computeIfAbsent(cluster(array), name -> new TreeMap<>()).put(number(array), array);
        }
        List<Task> tasks = new ArrayList<>();
        clusters.forEach((cluster, ids) -> tasks.addAll(tasks(channel, cluster, ids)));
        return tasks;
    }

    private List<Task> tasks(CommandChannel channel, String cluster, Map<Long, String> ids) {
        List<String> choice = new ArrayList<>(onCluster(cluster));
        choice.add("--jobs="
                + String.join(",", ids.keySet().stream().map(String::valueOf).toList()));
        choice.add("--states=all");
        if (!plain && cluster.isEmpty()) {
            List<String> json = new ArrayList<>(List.of("--json"));
            json.addAll(choice);
            CommandResult result = run(channel, CUT, "squeue", json);
            Optional<List<Task>> told = SlurmQueue.json(result.stdout(), ids);
            if (told.isPresent()) {
                return told.get();
            }
            plain = true;
        }
        List<String> arguments = new ArrayList<>(List.of("--noheader", "--array", "--format=" + SlurmQueue.FORMAT));
        arguments.addAll(choice);
        CommandResult result = run(channel, "squeue", arguments);
        if (!result.succeeded()) {
            if (GONE.matcher(result.stderr()).find()) {
                return List.of();
            }
            throw refusal(result, "does not say what runs");
        }
        return SlurmQueue.plain(result.stdout(), ids).orElseThrow(() -> nonsense("squeue", result.stdout()));
    }

    @Override
    public void withdraw(CommandChannel channel, String array) {
        cancel(channel, array, List.of("--state=PENDING"));
    }

    @Override
    public void cancel(CommandChannel channel, String array) {
        cancel(channel, array, List.of());
    }

    private void cancel(CommandChannel channel, String array, List<String> which) {
        List<String> arguments = new ArrayList<>(onCluster(cluster(array)));
        arguments.addAll(which);
        arguments.add(String.valueOf(number(array)));
        CommandResult result = run(channel, "scancel", arguments);
        if (!result.succeeded() && !GONE.matcher(result.stderr()).find()) {
            throw refusal(result, "does not cancel array " + array);
        }
    }

    private static List<String> onCluster(String cluster) {
        return cluster.isEmpty() ? List.of() : List.of("--clusters=" + cluster);
    }

    /** Of several clusters, an id names the one: "17;north". */
    private static String cluster(String array) {
        return array.indexOf(';') < 0 ? "" : array.substring(array.indexOf(';') + 1);
    }

    private static long number(String array) {
        if (!ID.matcher(array).matches() || array.length() > 200) {
            throw new JobMonException("'" + Texts.excerpt(array) + "' is no id of a Slurm array.");
        }
        try {
            return Long.parseLong(array.split(";", 2)[0]);
        } catch (NumberFormatException e) {
            throw new JobMonException("'" + Texts.excerpt(array) + "' is no id of a Slurm array.", e);
        }
    }
}

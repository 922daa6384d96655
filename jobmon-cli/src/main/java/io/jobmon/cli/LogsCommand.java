package io.jobmon.cli;

import io.jobmon.Fleet;
import io.jobmon.Host;
import io.jobmon.JobMon;
import io.jobmon.LogLine;
import io.jobmon.Monitor;
import io.jobmon.WorkerStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        description = {
            "Without -f: the ends of the logs that lie on the hosts of jobmon.yaml. With -f: what all workers log, and what"
                    + " isolated experiments print, from now on, until Ctrl-C."
        })
final class LogsCommand extends RedisCommand {

    @Parameters(index = "0..*", arity = "0..*", paramLabel = "HOST", description = "Only of these hosts.")
    private List<String> hosts = List.of();

    @Option(
            names = {"-f", "--follow"},
            description = "Follow.")
    private boolean follow;

    @Option(names = "--job", paramLabel = "NAME", description = "With -f: only of this job.")
    private @Nullable String job;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "With -f: end after this time, such as 30s.")
    private @Nullable Duration time;

    @Option(names = "--json", description = "As JSON; with -f an object a line.")
    private boolean json;

    /** Worker to its host in jobmon.yaml; for the monitor's thread. */
    private final Map<String, String> places = new HashMap<>();

    @Override
    int execute() {
        if (!follow && (job != null || time != null)) {
            throw new UsageException("--job and --for go with -f.");
        }
        try (JobMon jobmon = connect()) {
            if (isLocal()) {
                throw new UsageException(
                        "No head runs, so no worker outlives a command; " + program() + " spawn starts one.");
            }
            if (follow) {
                follow(jobmon);
            } else {
                try (Fleet fleet = Fleets.of(jobmon, this)) {
                    ends(fleet);
                }
            }
        }
        return 0;
    }

    private void ends(Fleet fleet) {
        List<String> names =
                hosts.isEmpty() ? fleet.hosts().stream().map(Host::name).toList() : hosts;
        if (json) {
            Map<String, Object> logs = new LinkedHashMap<>();
            names.forEach(name -> logs.put(name, fleet.logs(name)));
            out().println(JsonText.of(Map.of("hosts", logs)));
            return;
        }
        names.forEach(name -> fleet.logs(name).forEach(line -> out().println(name + ": " + Texts.line(line))));
    }

    private void follow(JobMon jobmon) {
        CountDownLatch end = new CountDownLatch(1);
        try (Monitor monitor = jobmon.monitor()) {
            monitor.onLine(line -> {
                if (wanted(jobmon, line)) {
                    told(line);
                }
                if (out().checkError()) {
                    end.countDown();
                }
            });
            say("Listening; Ctrl-C ends it.");
            if (time == null) {
                end.await();
            } else if (end.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            if (monitor.lost() > 0) {
                say(Texts.count(monitor.lost(), "line") + " were lost on the way.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean wanted(JobMon jobmon, LogLine line) {
        if (job != null && !job.equals(line.job())) {
            return false;
        }
        return hosts.isEmpty()
                || hosts.contains(line.host())
                || hosts.contains(places.computeIfAbsent(line.worker(), worker -> place(jobmon, worker)));
    }

    /** Hosts go by their names in jobmon.yaml. */
    private static String place(JobMon jobmon, String worker) {
        return jobmon.net().stream()
                .filter(each -> each.id().equals(worker))
                .map(WorkerStatus::place)
                .findFirst()
                .orElse("");
    }

    private void told(LogLine line) {
        if (!json) {
            line.text()
                    .lines()
                    .forEach(text -> out().println(Texts.moment(line.time()) + " " + line.host() + " " + line.level()
                            + " "
                            + (line.experiment().isEmpty() ? "" : line.job() + " " + line.experiment() + " ")
                            + Texts.line(text)));
            return;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("time", line.time());
        tree.put("level", line.level());
        tree.put("host", line.host());
        tree.put("worker", line.worker());
        tree.put("job", line.job());
        tree.put("experiment", line.experiment());
        tree.put("text", line.text());
        out().println(JsonText.of(tree));
    }
}

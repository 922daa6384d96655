package io.jobmon.core.host;

import io.jobmon.Bundle;
import io.jobmon.CommandChannel;
import io.jobmon.CommandResult;
import io.jobmon.Host;
import io.jobmon.HostCheck;
import io.jobmon.HostCheck.Finding;
import io.jobmon.HostStatus;
import io.jobmon.HostStatus.WorkerProcess;
import io.jobmon.JobMonException;
import io.jobmon.WorkerRequest;
import io.jobmon.spi.BatchSystem;
import io.jobmon.spi.HostSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A POSIX machine on which workers are processes of this user, each with a process group of its own.
 *
 * <p>Thread safety: for one thread at a time.
 */
final class MachineHost implements Host {

    private static final Duration LOOK = Duration.ofSeconds(60);
    private static final Duration TERM_GRACE = Duration.ofSeconds(8);
    private static final Duration KILL_GRACE = Duration.ofSeconds(10);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final HostSettings settings;
    private final Remote remote;

    MachineHost(HostSettings settings, CommandChannel channel) {
        this.settings = settings;
        this.remote = new Remote(settings.name(), settings.workdir(), channel);
    }

    Remote remote() {
        return remote;
    }

    private StartScript script() {
        return new StartScript(settings, remote.folder());
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public HostCheck check() {
        return new HostCheck(name(), Inspection.look(remote, script()));
    }

    @Override
    public HostCheck check(WorkerRequest request) {
        HostCheck first = check();
        return first.passed() ? first.and(List.of(redis(request))) : first;
    }

    private Finding redis(WorkerRequest request) {
        CommandResult result =
                remote.run(script().launch(request, null), request.redis() + "\n", LOOK, List.of("probe"));
        return Inspection.redis(result, request.redis());
    }

    @Override
    public void sync(Bundle bundle) {
        new Bringing(remote, bundle).bring();
    }

    @Override
    public List<String> collect(int keep, boolean remove) {
        List<String> old = new ArrayList<>();
        List<String> answer =
                remote.ask("collect.sh", "", remote.folder(), Integer.toString(keep), remove ? "remove" : "");
        remote.requireEnd(answer);
        for (String line : answer) {
            if (line.startsWith("old ")) {
                old.add(line.substring("old ".length()));
            }
        }
        return old;
    }

    @Override
    public void launch(WorkerRequest request) {
        prepare(request, null);
    }

    /** Starts a worker, or prepares what a batch scheduler is to start. */
    void prepare(WorkerRequest request, @Nullable BatchSystem batch) {
        remote.ask(
                "launch.sh",
                request.redis() + "\n" + script().launch(request, batch),
                remote.folder(),
                request.launch(),
                request.bundle(),
                batch == null ? "" : "array");
    }

    @Override
    public HostStatus status() {
        return new HostStatus(name(), workers(), List.of());
    }

    /** An array of a batch scheduler that is noted in the work folder. */
    record NotedArray(String launch, String id, List<String> lastWords) {}

    private List<WorkerProcess> workers() {
        List<WorkerProcess> workers = new ArrayList<>();
        for (Noted noted : noted()) {
            if (noted.parts()[0].equals("worker")) {
                workers.add(new WorkerProcess(
                        noted.parts()[1],
                        noted.parts()[1],
                        "",
                        Long.parseLong(noted.parts()[2]),
                        noted.parts()[3].equals("running"),
                        noted.words()));
            }
        }
        return workers;
    }

    List<NotedArray> arrays() {
        List<NotedArray> arrays = new ArrayList<>();
        for (Noted noted : noted()) {
            if (noted.parts()[0].equals("array")) {
                arrays.add(new NotedArray(noted.parts()[1], noted.parts()[2], noted.words()));
            }
        }
        return arrays;
    }

    private record Noted(String[] parts, List<String> words) {}

    /** What the work folder says, each line with the last words that follow it. */
    private List<Noted> noted() {
        List<Noted> all = new ArrayList<>();
        for (String line : remote.ask("list.sh", "", remote.folder())) {
            if (!line.startsWith("| ")) {
                all.add(new Noted(line.split(" "), new ArrayList<>()));
            } else if (!all.isEmpty()) {
                all.get(all.size() - 1).words().add(line.substring(2));
            }
        }
        return all;
    }

    @Override
    public void stop(Duration grace) {
        boolean gone = await("0", grace) || await("TERM", TERM_GRACE) || await("KILL", KILL_GRACE);
        if (!gone) {
            throw new JobMonException(name() + " has workers that do not end, not even by SIGKILL: " + end("0")
                    + "; look there for processes in state D.");
        }
    }

    private List<String> end(String signal) {
        return remote.ask("end.sh", "", remote.folder(), signal);
    }

    /** Sends a signal once, then looks until all workers are gone; false if some are left when the time is over. */
    private boolean await(String signal, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        List<String> left = end(signal);
        while (!left.isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(POLL_NANOS);
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new JobMonException(
                        "Interrupted while the workers of " + name() + " were stopping; call it again.");
            }
            left = end("0");
        }
        return left.isEmpty();
    }

    @Override
    public List<String> logs(int lines) {
        return remote.ask("logs.sh", "", remote.folder(), Integer.toString(lines));
    }

    @Override
    public void close() {
        remote.close();
    }
}

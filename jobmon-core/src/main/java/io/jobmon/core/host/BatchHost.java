package io.jobmon.core.host;

import io.jobmon.Bundle;
import io.jobmon.Host;
import io.jobmon.HostCheck;
import io.jobmon.HostStatus;
import io.jobmon.HostStatus.WorkerProcess;
import io.jobmon.JobMonException;
import io.jobmon.WorkerRequest;
import io.jobmon.spi.BatchSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A batch scheduler: workers are the tasks of an array. Its machine is one that knows the scheduler and shares the work folder
 * with those that run tasks.
 *
 * <p>Thread safety: for one thread at a time.
 */
final class BatchHost implements Host {

    private static final Logger LOG = LoggerFactory.getLogger(BatchHost.class);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final Duration CANCELLED = Duration.ofSeconds(90);

    private final MachineHost machine;
    private final int slots;
    private final BatchSystem batch;

    BatchHost(MachineHost machine, int slots, BatchSystem batch) {
        this.machine = machine;
        this.slots = slots;
        this.batch = batch;
    }

    @Override
    public String name() {
        return machine.name();
    }

    /** Redis as the login node sees it says nothing about the nodes that run workers: each looks for itself. */
    @Override
    public HostCheck check() {
        return machine.check();
    }

    /** Nodes may be the machine of Redis all the same, so this is said, not refused. */
    @Override
    public HostCheck check(WorkerRequest request) {
        return Reach.loopback(request.redis())
                .map(why -> check().and(List.of(new HostCheck.Finding(true, why))))
                .orElseGet(this::check);
    }

    @Override
    public void sync(Bundle bundle) {
        machine.sync(bundle);
    }

    @Override
    public List<String> collect(int keep, boolean remove) {
        return machine.collect(keep, remove);
    }

    @Override
    public void launch(WorkerRequest request) {
        OptionalInt limit = batch.limit(machine.remote().channel());
        if (limit.isPresent() && batch.workers() > limit.getAsInt()) {
            throw new JobMonException(batch.kind() + " on " + name() + " takes arrays of at most " + limit.getAsInt()
                    + " tasks, and " + batch.workers()
                    + " workers are asked for; give fewer workers with more slots, or"
                    + " launch several times.");
        }
        forgetEnded();
        machine.prepare(request, batch);
        String folder = machine.remote().folder() + "/launches/" + request.launch();
        String array = null;
        try {
            array = batch.submit(
                    machine.remote().channel(),
                    new BatchSystem.Array(
                            "jobmon-" + request.launch(), folder + "/start.sh", folder, Math.max(1, slots)));
            note(request.launch(), array);
        } catch (RuntimeException e) {
            undo(request.launch(), array, e);
            throw e;
        }
    }

    /** An array that nobody knows of, or a secret that nobody needs, must not stay. */
    private void undo(String launch, @Nullable String array, RuntimeException why) {
        try {
            if (array != null) {
                batch.cancel(machine.remote().channel(), array);
            }
            note(launch, "");
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        }
    }

    private void note(String launch, String array) {
        machine.remote().ask("array.sh", "", machine.remote().folder(), launch, array);
    }

    /** The launches that are noted on the host: launch to the scheduler's id. */
    private Map<String, MachineHost.NotedArray> arrays() {
        Map<String, MachineHost.NotedArray> arrays = new LinkedHashMap<>();
        machine.arrays().forEach(array -> arrays.put(array.launch(), array));
        return arrays;
    }

    private Map<String, List<BatchSystem.Task>> tasks(Map<String, MachineHost.NotedArray> arrays) {
        Map<String, List<BatchSystem.Task>> tasks = new TreeMap<>();
        if (!arrays.isEmpty()) {
            List<String> ids =
                    arrays.values().stream().map(MachineHost.NotedArray::id).toList();
            for (BatchSystem.Task task : batch.tasks(machine.remote().channel(), ids)) {
                tasks.computeIfAbsent(task.array(), id -> new ArrayList<>()).add(task);
            }
        }
        return tasks;
    }

    @Override
    public HostStatus status() {
        Map<String, MachineHost.NotedArray> arrays = arrays();
        Map<String, List<BatchSystem.Task>> tasks = tasks(arrays);
        List<WorkerProcess> workers = new ArrayList<>();
        List<HostStatus.Array> accepted = new ArrayList<>();
        for (MachineHost.NotedArray array : arrays.values()) {
            List<BatchSystem.Task> left = tasks.getOrDefault(array.id(), List.of());
            int pending = 0;
            for (BatchSystem.Task task : left) {
                if (task.running()) {
                    workers.add(new WorkerProcess(
                            array.launch() + "-" + task.number(),
                            array.launch(),
                            array.id() + "_" + task.number(),
                            0,
                            true,
                            List.of()));
                } else {
                    pending += task.count();
                }
            }
            accepted.add(new HostStatus.Array(array.launch(), array.id(), pending));
            if (left.isEmpty()) {
                workers.add(new WorkerProcess(array.launch(), array.launch(), array.id(), 0, false, array.lastWords()));
            }
        }
        return new HostStatus(name(), workers, accepted);
    }

    private void forgetEnded() {
        Map<String, MachineHost.NotedArray> arrays = arrays();
        Map<String, List<BatchSystem.Task>> tasks = tasks(arrays);
        for (MachineHost.NotedArray array : arrays.values()) {
            if (!tasks.containsKey(array.id())) {
                note(array.launch(), "");
            }
        }
    }

    @Override
    public void stop(Duration grace) {
        Map<String, MachineHost.NotedArray> arrays = arrays();
        arrays.values().forEach(this::withdraw);
        List<JobMonException> wrong = new ArrayList<>();
        try {
            await(arrays, grace, true);
        } catch (JobMonException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            wrong.add(new JobMonException(
                    "All arrays were cancelled, but it cannot be seen whether they have ended: " + e.getMessage()
                            + " Then call stop() again.",
                    e));
        }
        for (MachineHost.NotedArray array : arrays.values()) {
            try {
                batch.cancel(machine.remote().channel(), array.id());
            } catch (JobMonException e) {
                wrong.add(0, e);
            }
        }
        if (!wrong.isEmpty()) {
            wrong.subList(1, wrong.size()).forEach(wrong.get(0)::addSuppressed);
            throw wrong.get(0);
        }
        if (!await(arrays, CANCELLED, false)) {
            throw new JobMonException(batch.kind() + " on " + name() + " has not ended " + arrays.values() + " within "
                    + CANCELLED.toSeconds() + " s of being told; look there, then call stop() again.");
        }
        arrays.keySet().forEach(launch -> note(launch, ""));
    }

    /** Else tasks start during the grace, only to be cancelled at its end. */
    private void withdraw(MachineHost.NotedArray array) {
        try {
            batch.withdraw(machine.remote().channel(), array.id());
        } catch (JobMonException e) {
            LOG.info("Tasks that wait on {} are cancelled with those that run: {}", name(), e.getMessage());
        }
    }

    /** Waits until tasks have ended, or only those that run. */
    private boolean await(Map<String, MachineHost.NotedArray> arrays, Duration time, boolean runningOnly) {
        long end = System.nanoTime() + time.toNanos();
        while (true) {
            boolean left = tasks(arrays).values().stream()
                    .flatMap(List::stream)
                    .anyMatch(task -> task.running() || !runningOnly);
            if (!left || System.nanoTime() - end > 0) {
                return !left;
            }
            LockSupport.parkNanos(POLL_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw new JobMonException(
                        "Interrupted while the workers of " + name() + " were stopping; call it again.");
            }
        }
    }

    @Override
    public List<String> logs(int lines) {
        return machine.logs(lines);
    }

    @Override
    public void close() {
        machine.close();
    }
}

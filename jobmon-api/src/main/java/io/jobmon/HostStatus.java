package io.jobmon;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What runs on a host, as far as the host itself knows; what workers do is told by {@link JobMon#net()}.
 *
 * <p>Thread safety: immutable.
 *
 * @param host the host's name
 * @param workers the workers that were launched there and not yet stopped or collected
 * @param arrays the arrays that a batch scheduler has accepted, as long as they are noted on the host; empty elsewhere
 * @since 0.1
 */
public record HostStatus(String host, List<WorkerProcess> workers, List<Array> arrays) {

    /**
     * Workers that a batch scheduler has accepted together.
     *
     * @param launch the launch that they belong to, as in {@link WorkerRequest#launch()}
     * @param job the scheduler's id of the array
     * @param pending how many of them it has not yet started
     */
    public record Array(String launch, String job, int pending) {}

    /**
     * A worker that was launched on a host.
     *
     * @param name its name on the host
     * @param launch the launch that it belongs to, as in {@link WorkerRequest#launch()}
     * @param job the batch scheduler's id of its task, empty elsewhere
     * @param pid its process, 0 if that is not known
     * @param running whether it runs
     * @param lastWords the last lines of what an ended worker printed, else empty
     */
    public record WorkerProcess(
            String name, String launch, String job, long pid, boolean running, List<String> lastWords) {

        /**
         * Copies the list.
         *
         * @param name its name on the host
         * @param launch the launch that it belongs to
         * @param job the batch scheduler's id of its task
         * @param pid its process
         * @param running whether it runs
         * @param lastWords the last lines that it printed
         */
        public WorkerProcess {
            lastWords = List.copyOf(lastWords);
        }
    }

    /**
     * Copies the lists.
     *
     * @param host the host's name
     * @param workers the workers
     * @param arrays the arrays
     */
    public HostStatus {
        workers = List.copyOf(workers);
        arrays = List.copyOf(arrays);
    }

    /**
     * How many workers a batch scheduler has accepted and not yet started.
     *
     * @return the number
     */
    public int pending() {
        return arrays.stream().mapToInt(Array::pending).sum();
    }

    /**
     * How many workers run.
     *
     * @return the number
     */
    public int running() {
        return (int) workers.stream().filter(WorkerProcess::running).count();
    }

    /**
     * How many workers wait, run, and have ended.
     *
     * @return one line, and the last words of workers that have ended
     */
    @Override
    public String toString() {
        long ended = workers.size() - (long) running();
        String words = workers.stream()
                .filter(worker -> !worker.running() && !worker.lastWords().isEmpty())
                .map(worker -> "\n  " + worker.name() + " ended: " + String.join("\n    ", worker.lastWords()))
                .collect(Collectors.joining());
        return host + ": " + running() + " running"
                + (pending() > 0 ? ", " + pending() + " pending" : "")
                + (ended > 0 ? ", " + ended + " ended" : "") + words;
    }
}

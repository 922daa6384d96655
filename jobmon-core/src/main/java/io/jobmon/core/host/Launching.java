package io.jobmon.core.host;

import io.jobmon.Host;
import io.jobmon.HostCheck;
import io.jobmon.HostStatus;
import io.jobmon.HostStatus.WorkerProcess;
import io.jobmon.JobMonException;
import io.jobmon.WorkerRequest;
import io.jobmon.core.queue.Board;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts workers on a host and waits until each has said in Redis that it lives. Thread safety: any number of threads. */
final class Launching {

    private static final Logger LOG = LoggerFactory.getLogger(Launching.class);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);

    /** A look costs the host some processes, which those that start have to wait for: the next ones come later and later. */
    private static final long FIRST_LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long LONGEST_LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long POLL_MILLIS = 50;

    private final Board board;
    private final Duration lease;
    private final WorkerRequest request;

    Launching(Board board, Duration lease, WorkerRequest request) {
        this.board = board;
        this.lease = lease;
        this.request = request;
    }

    void start(Host host) throws InterruptedException {
        HostCheck check = host.check(request);
        check.toString().lines().forEach(LOG::info);
        if (!check.passed()) {
            throw new JobMonException(String.join(
                    "; ",
                    check.findings().stream()
                            .filter(finding -> !finding.passed())
                            .map(HostCheck.Finding::text)
                            .toList()));
        }
        host.launch(request);
        HostStatus status = host.status();
        List<WorkerProcess> started = mine(status);
        boolean scheduled = started.stream().anyMatch(worker -> !worker.job().isEmpty()) || started.isEmpty();
        if (!scheduled) {
            await(host, started.size());
        }
    }

    private List<WorkerProcess> mine(HostStatus status) {
        return status.workers().stream()
                .filter(worker -> worker.launch().equals(request.launch()))
                .toList();
    }

    private void await(Host host, int workers) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        long pause = FIRST_LOOK_NANOS;
        long lookAt = System.nanoTime() + pause;
        while (beating(host.name()) < workers) {
            if (System.nanoTime() - lookAt > 0) {
                for (WorkerProcess worker : mine(host.status())) {
                    if (!worker.running()) {
                        throw new JobMonException("the worker ended before it was ready"
                                + (worker.lastWords().isEmpty()
                                        ? ", without a word"
                                        : "; it said:\n  " + String.join("\n  ", worker.lastWords())));
                    }
                }
                pause = Math.min(2 * pause, LONGEST_LOOK_NANOS);
                lookAt = System.nanoTime() + pause;
            }
            if (System.nanoTime() - end > 0) {
                throw new JobMonException("the worker runs, but has not been seen in Redis within "
                        + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS) + " s; look at fleet.logs(\"" + host.name()
                        + "\")");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private int beating(String host) {
        return Cards.at(Cards.of(board.alive(lease), "launch", request.launch()), "place", host)
                .size();
    }
}

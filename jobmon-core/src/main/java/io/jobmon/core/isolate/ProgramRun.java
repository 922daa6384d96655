package io.jobmon.core.isolate;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One run of a program: fed, read, waited for, and ended with all that it has started.
 *
 * <p>Thread safety: for the thread that runs it.
 */
final class ProgramRun {

    /** That much fits into any pipe, whether or not somebody reads it. */
    private static final int PIPE = 4096;

    private static final int STDERR = 64 << 10;
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "jobmon-output-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    private final String tag;
    private final ProcessGroup group;
    private final Process process;
    private final Printed stdout;
    private final Printed stderr = Printed.tail(STDERR);
    private final CompletableFuture<Void> read;
    private final long began = System.nanoTime();
    private boolean deserted;

    /**
     * Starts a program.
     *
     * @param builder the program
     * @param tag a variable with a value that no other run has, as it stands in the environment: NAME=VALUE
     * @param stdin what it may read
     * @param outputLimit the most bytes to keep of its standard output
     * @param listener told what it prints to standard error
     * @throws IOException if it cannot be started
     */
    ProgramRun(ProcessBuilder builder, String tag, String stdin, long outputLimit, PrintListener listener)
            throws IOException {
        this.tag = tag;
        this.stdout = Printed.head(outputLimit);
        this.group = ProcessGroup.start(builder);
        this.process = group.process();
        PrintedLines complaints = new PrintedLines("STDERR");
        complaints.expect(listener);
        this.read = CompletableFuture.allOf(
                CompletableFuture.runAsync(() -> stdout.read(process.getInputStream()), THREADS),
                CompletableFuture.runAsync(() -> stderr.read(process.getErrorStream(), complaints), THREADS));
        byte[] bytes = stdin.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length <= PIPE) {
            feed(bytes);
        } else {
            THREADS.execute(() -> feed(bytes));
        }
    }

    private void feed(byte[] bytes) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(bytes);
        } catch (IOException e) {
            // It need not be read.
        }
    }

    /** Whether it has ended, and nothing that it started is known to have outlived it, not even by a moment. */
    boolean deserted() {
        return deserted;
    }

    Printed stdout() {
        return stdout;
    }

    Printed stderr() {
        return stderr;
    }

    /**
     * Waits for the end of the program. Nothing of it is left then.
     *
     * @return the exit code
     * @throws InterruptedException if this thread was interrupted; the program was told to end, and a second later made to
     */
    int await() throws InterruptedException {
        int code;
        try {
            code = process.waitFor();
        } catch (InterruptedException e) {
            stop();
            throw e;
        }
        // In so short a time the system does not run out of numbers and begin anew.
        boolean brief = System.nanoTime() - began < LONG_NANOS;
        boolean alone = !(brief ? Strays.killSince(process.pid(), tag) : Strays.kill(tag));
        group.end();
        boolean all = ended(System.nanoTime() + GRACE_NANOS / 5);
        if (!all) {
            Strays.kill(tag);
            ended(System.nanoTime() + GRACE_NANOS);
        }
        deserted = all && alone;
        close();
        return code;
    }

    private void stop() {
        List<ProcessHandle> below = process.descendants().toList();
        group.terminate();
        long killAt = System.nanoTime() + GRACE_NANOS;
        if (gone(killAt)) {
            // What it has started may have something to put in order, too.
            ended(killAt);
        } else {
            group.kill();
            gone(System.nanoTime() + GRACE_NANOS / 2);
        }
        group.end();
        below.forEach(ProcessHandle::destroyForcibly);
        Strays.kill(tag);
        ended(System.nanoTime() + GRACE_NANOS / 5);
        close();
    }

    private boolean gone(long until) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for the end of both streams: as long as somebody holds them, somebody lives. */
    private boolean ended(long until) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    read.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
                    return true;
                } catch (TimeoutException e) {
                    return false;
                } catch (ExecutionException e) {
                    throw new CompletionException(e.getCause());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void close() {
        try {
            process.getInputStream().close();
            process.getErrorStream().close();
            process.getOutputStream().close();
        } catch (IOException e) {
            // They are of no use any more.
        }
    }
}

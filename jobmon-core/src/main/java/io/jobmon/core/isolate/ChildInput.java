package io.jobmon.core.isolate;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a child is told over its standard input: where to connect, jobs, sweeps; each of them once.
 *
 * <p>Thread safety: for one thread.
 */
final class ChildInput {

    private static final Logger LOG = LoggerFactory.getLogger(ChildInput.class);

    private final ChildCommand.Made command;
    private final OutputStream stdin;
    private final long pid;
    private final Map<Object, Integer> told = new IdentityHashMap<>();
    private CompletableFuture<Void> said = CompletableFuture.completedFuture(null);

    ChildInput(ChildCommand.Made command, Process process) {
        this.command = command;
        this.stdin = process.getOutputStream();
        this.pid = process.pid();
    }

    void introduce(int port, String work, String side, String secret) {
        say(Wire.bytes(out -> {
            out.writeInt(port);
            out.writeUTF(work);
            out.writeUTF(side);
            out.writeUTF(secret);
            out.writeUTF(command.scratch().toString());
        }));
    }

    /** Over standard input, in order, and not on this thread: a child that does not read fills the pipe. */
    private void say(byte[] bytes) {
        said = said.thenRunAsync(
                () -> {
                    try {
                        stdin.write(bytes);
                        stdin.flush();
                    } catch (IOException e) {
                        // It has ended, which is seen without this.
                        LOG.debug("The standard input of a child JVM is closed.", e);
                    }
                },
                task -> {
                    Thread thread = new Thread(task, "jobmon-stdin-" + pid);
                    thread.setDaemon(true);
                    thread.start();
                });
    }

    /** Tells of a sweep, and of its job, unless the child knows of it; returns the number it knows it by. */
    int tell(IsolatedTask.SweepFacts sweep) {
        Integer known = told.get(sweep);
        if (known != null) {
            return known;
        }
        Integer knownJob = told.get(sweep.job());
        int job = knownJob == null ? told.size() : knownJob;
        if (knownJob == null) {
            say(Wire.bytes(out -> command.job(out, job, sweep.job())));
            told.put(sweep.job(), job);
        }
        int key = told.size();
        say(Wire.bytes(out -> {
            out.writeByte(Wire.SWEEP);
            out.writeInt(key);
            out.writeInt(job);
            out.writeUTF(sweep.id());
            Wire.bytes(out, sweep.specification().getBytes(StandardCharsets.UTF_8));
            out.writeLong(sweep.points());
            out.writeLong(sweep.seed());
            out.writeBoolean(sweep.commonRandomNumbers());
        }));
        told.put(sweep, key);
        return key;
    }

    /** Call it when the child is gone. */
    void close() {
        try {
            // Writes end with an error, as nobody reads any more.
            said.get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Somebody holds the standard input of a child JVM that has ended.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            stdin.close();
        } catch (IOException e) {
            LOG.debug("The standard input of a child JVM was closed already.", e);
        }
    }
}

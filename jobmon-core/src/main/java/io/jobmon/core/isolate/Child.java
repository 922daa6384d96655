package io.jobmon.core.isolate;

import io.jobmon.JobMonException;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;

/**
 * A child JVM as its monitor sees it.
 *
 * <p>Thread safety: for the thread that started it. That thread must not be interrupted.
 */
final class Child {

    /** What a child's output is logged to, at debug level, as far as it does not belong to a failure. */
    static final Logger OUTPUT = LoggerFactory.getLogger("io.jobmon.child");

    /** In the environment of a child and of what it starts; no secret. */
    static final String MARK = "JOBMON_CHILD";

    private static final Logger LOG = LoggerFactory.getLogger(Child.class);
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PUNCTUAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final byte[] WORK = Wire.WORK.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SIDE = Wire.SIDE.getBytes(StandardCharsets.US_ASCII);

    private final Gate gate;
    private final Brood brood;
    private final ChildCommand.Made command;
    private final ZMQ.Socket socket;
    private final ProcessGroup group;
    private final ChildOutput stdout;
    private final ChildOutput stderr;
    private final ChildInput input;
    private final long started = System.nanoTime();
    private long heard = System.nanoTime();
    private long silence;
    private long runs;
    private boolean renew;
    private boolean closed;

    private Child(
            Gate gate, Brood brood, ChildCommand.Made command, ZMQ.Socket socket, ProcessGroup group, String secret) {
        this.gate = gate;
        this.brood = brood;
        this.command = command;
        this.socket = socket;
        this.group = group;
        long pid = group.process().pid();
        stdout = new ChildOutput(
                group.process().getInputStream(),
                secret,
                "jobmon-stdout-" + pid,
                "STDOUT",
                (id, text) -> log(id, "stdout", text));
        stderr = new ChildOutput(
                group.process().getErrorStream(),
                secret,
                "jobmon-stderr-" + pid,
                "STDERR",
                (id, text) -> log(id, "stderr", text));
        input = new ChildInput(command, group.process());
    }

    private static void log(String executionId, String stream, String text) {
        if (!text.isEmpty()) {
            OUTPUT.debug("{} {}: {}", executionId, stream, text);
        }
    }

    /**
     * Starts a child, tells it of the sweep of its first experiment, and waits until it can run it.
     *
     * @throws JobMonException if it cannot be started
     */
    static Child start(Gate gate, Brood brood, ChildCommand.Made command, IsolatedTask first) {
        ZMQ.Socket socket = gate.open();
        String work = gate.token();
        String side = gate.token();
        Child child = null;
        boolean ready = false;
        try {
            int port = socket.bindToRandomPort("tcp://127.0.0.1", 20_000, 60_000);
            String secret = gate.token();
            gate.forget(secret);
            BegunMark.make(command.scratch());
            child = new Child(gate, brood, command, socket, ProcessGroup.start(command.builder()), secret);
            brood.add(child);
            child.input.introduce(port, work, side, secret);
            child.input.tell(first.sweep());
            child.awaitReady(first);
            ready = true;
            return child;
        } catch (IOException e) {
            throw new JobMonException("A child JVM cannot be started: " + e.getMessage(), e);
        } finally {
            gate.forget(work);
            gate.forget(side);
            if (child == null) {
                gate.shut(socket);
                command.forget();
            } else if (!ready) {
                child.close();
            }
        }
    }

    private void awaitReady(IsolatedTask first) {
        boolean working = false;
        boolean beating = false;
        while (!working || !beating) {
            Message message = receive();
            if (message != null) {
                working |= message.kind == Wire.READY;
                beating |= message.kind == Wire.BEAT;
            } else if (first.stop() != null) {
                throw new Unwanted();
            } else if (!group.process().isAlive() || System.nanoTime() - started > START_NANOS) {
                boolean late = group.process().isAlive();
                group.stop();
                String words = Exit.lastLines(stderr.last() + stdout.last());
                close();
                throw new JobMonException((late
                                ? "A child JVM was not ready within 60 s."
                                : "A child JVM could not be started: " + Exit.how(group.process()) + '.')
                        + (words.isEmpty() ? "" : " It said:\n" + words));
            }
        }
    }

    /** How long it took until it was ready, and how many experiments it has run. */
    long runs() {
        return runs;
    }

    boolean usable() {
        return !closed && !renew && group.process().isAlive();
    }

    /** Something that the child has said. */
    static final class Message {
        final boolean work;
        final byte kind;
        final long run;
        final DataInputStream in;

        Message(boolean work, byte[] bytes) throws IOException {
            this.work = work;
            in = Wire.open(bytes);
            kind = in.readByte();
            run = in.readLong();
        }
    }

    /** Waits a moment for a message. */
    @Nullable
    Message receive() {
        byte[] from = socket.recv();
        long now = System.nanoTime();
        // Time in which this thread did not run on time itself is nobody's silence.
        silence += Math.min(now - heard, PUNCTUAL_NANOS);
        heard = now;
        if (from == null) {
            return null;
        }
        byte[] bytes = socket.hasReceiveMore() ? socket.recv() : new byte[0];
        while (socket.hasReceiveMore()) {
            socket.recv();
        }
        boolean work = java.util.Arrays.equals(from, WORK);
        if (!work && !java.util.Arrays.equals(from, SIDE)) {
            return null;
        }
        try {
            Message message = new Message(work, bytes);
            silence = 0;
            return message;
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Runs one experiment. Afterwards ask {@link #usable()}.
     *
     * @throws NotBegun if it did not live to begin it
     */
    IsolatedAnswer run(IsolatedTask task) {
        long run = ++runs;
        silence = 0;
        boolean timed = task.timed();
        int sweep = input.tell(task.sweep());
        stdout.expect(task);
        stderr.expect(task);
        socket.sendMore(WORK);
        socket.send(Wire.message(Wire.RUN, run, out -> {
            out.writeInt(sweep);
            out.writeLong(task.index());
            out.writeInt(task.attempt());
            out.writeUTF(task.executionId());
            out.writeBoolean(timed);
        }));
        return new Conversation(this, task, run, timed).end();
    }

    /** Sends to the thread beside the one that runs experiments. */
    void sendBeside(byte[] message) {
        socket.sendMore(SIDE);
        socket.send(message);
    }

    /** Has no more to say, so that it ends by itself; for one that has answered, and so has read all that was said. */
    void dismiss() {
        input.close();
    }

    /** How long it has said nothing while this thread ran on time, in nanoseconds. */
    long silence() {
        return silence;
    }

    /** It is not to be used again. */
    void retire() {
        renew = true;
    }

    ProcessGroup group() {
        return group;
    }

    ChildOutput stdout() {
        return stdout;
    }

    ChildOutput stderr() {
        return stderr;
    }

    /** False if user code of a run has not begun for sure. */
    boolean begun(long run) {
        return BegunMark.begun(command.scratch(), run);
    }

    String heap() {
        return command.heap();
    }

    /** Kills what it has started and what has left its group. */
    void killStrays() {
        Strays.kill(MARK + "=" + command.mark());
    }

    /** Ends its process, for any thread; the thread that started it sees that, and closes it. */
    void end() {
        group.kill();
        group.stop();
    }

    /** Ends it and all that it has started; returns when they are gone. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        group.kill();
        group.stop();
        killStrays();
        input.close();
        for (Closeable stream :
                List.of(group.process().getInputStream(), group.process().getErrorStream())) {
            try {
                stream.close();
            } catch (IOException e) {
                LOG.debug("A stream of a child JVM was closed already.", e);
            }
        }
        gate.shut(socket);
        command.forget();
        brood.remove(this);
    }
}

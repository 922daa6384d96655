package io.jobmon.core.isolate;

import io.jobmon.core.codec.Faults;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a child and its monitor say about one run, until it has ended. For one thread. */
final class Conversation {

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LAST_WORDS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Child child;
    private final IsolatedTask task;
    private final long run;
    private final long asked = System.nanoTime();
    private long lookedAt = asked;
    private long begun;
    private final Errand errand = new Errand();
    private long cancelAt;
    private long diedAt;

    Conversation(Child child, IsolatedTask task, long run, boolean saysWhenBegun) {
        this.child = child;
        this.task = task;
        this.run = run;
        // A limit that is posted later counts from here.
        this.begun = saysWhenBegun ? 0 : asked;
    }

    IsolatedAnswer end() {
        while (true) {
            Child.Message message = child.receive();
            IsolatedAnswer answer = message != null && message.run == run ? hear(message) : null;
            reply(0);
            // A child that never stops talking is looked after, too.
            if (answer == null && (message == null || System.nanoTime() - lookedAt > LOOK_NANOS)) {
                answer = look();
                lookedAt = System.nanoTime();
            }
            if (answer != null) {
                return answer;
            }
        }
    }

    private void reply(long wait) {
        byte[] reply = errand.answer(wait);
        if (reply != null) {
            child.sendBeside(reply);
        }
    }

    private long wall() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - (begun == 0 ? asked : begun));
    }

    /** Looks whether it is still to run, and still does. */
    private @Nullable IsolatedAnswer look() {
        long now = System.nanoTime();
        if (!child.group().process().isAlive()) {
            if (diedAt == 0) {
                diedAt = now;
            }
            // What it said before it died may still be on its way.
            return now - diedAt > LAST_WORDS_NANOS || !child.begun(run) ? died() : null;
        }
        Optional<Faults.Described> overdue = begun == 0 ? Optional.empty() : task.overdue(now - begun);
        if (overdue.isPresent()) {
            return killed(overdue.get(), "the child JVM did not begin in time");
        }
        if (child.silence() > SILENCE_NANOS) {
            return killed("the child JVM said nothing for 30 s, as if it were stopped, and was killed");
        }
        if (task.stop() == null) {
            return null;
        }
        if (cancelAt == 0) {
            cancelAt = now;
            child.sendBeside(Wire.message(Wire.CANCEL, run));
        } else if (now - cancelAt > GRACE_NANOS) {
            child.group().kill();
            child.close();
            return new IsolatedAnswer.Cut();
        }
        return null;
    }

    private IsolatedAnswer killed(String how) {
        return killed(Faults.described(Exit.TYPE, how, "", false), how);
    }

    private IsolatedAnswer killed(Faults.Described fault, String how) {
        long wall = wall();
        child.group().stop();
        return failed(fault, how, wall);
    }

    private IsolatedAnswer died() {
        long wall = wall();
        child.group().end();
        child.killStrays();
        if (task.stop() != null) {
            child.close();
            return new IsolatedAnswer.Cut();
        }
        String err = child.stderr().last();
        String how = Exit.message(
                child.group().process(), child.heap(), child.stdout().last(), err);
        String whole = how + ", after " + Exit.seconds(Duration.ofNanos(wall * 1000));
        return failed(Faults.described(Exit.TYPE, whole, Exit.lastLines(err), false), how, wall);
    }

    /** The child is gone. If it had not begun, that is no failure of this run. */
    private IsolatedAnswer failed(Faults.Described fault, String how, long wall) {
        boolean begun = child.begun(run);
        String out = child.stdout().last();
        String err = child.stderr().last();
        child.close();
        if (!begun) {
            throw new NotBegun(how, out, err);
        }
        return new IsolatedAnswer.Failed(fault.withOutput(out, err), wall);
    }

    private @Nullable IsolatedAnswer hear(Child.Message message) {
        try {
            return message.work ? heardWork(message) : heardSide(message);
        } catch (IOException e) {
            LOG.warn("A child JVM sent a damaged message and is replaced.");
            return killed("the child JVM sent a damaged message");
        }
    }

    private @Nullable IsolatedAnswer heardWork(Child.Message message) throws IOException {
        if (message.kind == Wire.BEGUN) {
            begun = System.nanoTime();
            return null;
        }
        DataInputStream in = message.in;
        int flags = in.readByte();
        if ((flags & Wire.RENEW) != 0) {
            child.retire();
        }
        switch (message.kind) {
            case Wire.RESULT -> {
                long start = in.readLong();
                long wall = in.readLong();
                return new IsolatedAnswer.Result(Wire.bytes(in), Wire.bytes(in), start, wall);
            }
            case Wire.FAULT -> {
                in.readLong();
                long wall = in.readLong();
                boolean hopeless = in.readBoolean();
                String key = in.readUTF();
                Faults.Described fault = new Faults.Described(key, Wire.bytes(in), hopeless, null);
                return new IsolatedAnswer.Failed(
                        fault.withOutput(child.stdout().of(run), child.stderr().of(run)), wall);
            }
            case Wire.CUT -> {
                return new IsolatedAnswer.Cut();
            }
            default -> throw new IOException("a message of kind " + message.kind);
        }
    }

    private @Nullable IsolatedAnswer heardSide(Child.Message message) throws IOException {
        switch (message.kind) {
            case Wire.PROGRESS -> task.progress(message.in.readDouble());
            case Wire.CHECKPOINT -> {
                byte[] json = Wire.bytes(message.in);
                ask(() -> stored(json));
            }
            case Wire.RESTORE -> ask(this::restored);
            default -> {
                // A beat.
            }
        }
        return null;
    }

    /** In most cases Redis has answered before there is anything else to do. */
    private void ask(Supplier<byte[]> question) {
        errand.begin(question);
        reply(LOOK_NANOS);
    }

    private byte[] stored(byte[] json) {
        boolean stored = task.checkpoint(json);
        return Wire.message(Wire.CHECKPOINT, run, out -> out.writeBoolean(stored));
    }

    private byte[] restored() {
        Optional<byte[]> json = task.restore();
        return Wire.message(Wire.RESTORE, run, out -> {
            out.writeBoolean(json.isPresent());
            if (json.isPresent()) {
                Wire.bytes(out, json.get());
            }
        });
    }
}

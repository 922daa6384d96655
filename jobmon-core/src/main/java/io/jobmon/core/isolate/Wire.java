package io.jobmon.core.isolate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What monitor and child say to each other. Jobs and sweeps go over the child's standard input, everything else over two
 * sockets: one for the thread that runs experiments, one beside it. Each message names the run it belongs to.
 */
final class Wire {

    /** The names of the child's two sockets. */
    static final String WORK = "work";

    static final String SIDE = "side";

    /** No message is larger: a checkpoint of 1 MiB is the largest. */
    static final int MAX_MESSAGE = 2 << 20;

    /** A message begins with its kind and its run. */
    static final int HEAD = 1 + Long.BYTES;

    /** Over standard input: a job, a sweep. */
    static final byte JOB = 'J';

    static final byte SWEEP = 'S';

    /** To the work socket. */
    static final byte RUN = 'R';

    /** From the work socket. */
    static final byte READY = 'H';

    static final byte BEGUN = 'B';
    static final byte RESULT = 'D';
    static final byte FAULT = 'F';
    static final byte CUT = 'C';

    /** From the side socket; the last two are answered. */
    static final byte BEAT = 'b';

    static final byte PROGRESS = 'p';
    static final byte CHECKPOINT = 'c';
    static final byte RESTORE = 'r';

    /** To the side socket. */
    static final byte CANCEL = 'x';

    /** In a RESULT, FAULT or CUT: the boundary was printed; the child wants to be replaced. */
    static final int PRINTED = 1;

    static final int RENEW = 2;

    /** A child's exit codes. */
    static final int OTHER_CODE = 76;

    static final int ORPHAN = 77;

    static final int BROKEN = 78;

    private Wire() {}

    /** Writes the fields of a message. */
    interface Fields {
        void to(DataOutputStream out) throws IOException;
    }

    static byte[] bytes(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try {
            fields.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] message(byte kind, long run, Fields fields) {
        return bytes(out -> {
            out.writeByte(kind);
            out.writeLong(run);
            fields.to(out);
        });
    }

    static byte[] message(byte kind, long run) {
        return message(kind, run, out -> {});
    }

    static DataInputStream open(byte[] message) {
        return new DataInputStream(new ByteArrayInputStream(message));
    }

    static void bytes(DataOutputStream out, byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            throw new IOException("a length of " + length);
        }
        byte[] value = in.readNBytes(length);
        if (value.length != length) {
            throw new IOException("cut short");
        }
        return value;
    }
}

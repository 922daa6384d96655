package io.jobmon.core.isolate;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A child's standard output and error, and the line on both that says where an experiment ends. Closing them in user code
 * costs what comes after, nothing else.
 */
final class ChildStreams {

    private final String boundary;
    private final Counting out = new Counting(new FileOutputStream(FileDescriptor.out), 8192);
    private final Counting err = new Counting(new FileOutputStream(FileDescriptor.err), 256);
    private final PrintStream printOut = new PrintStream(out, true, StandardCharsets.UTF_8);
    private final PrintStream printErr = new PrintStream(err, true, StandardCharsets.UTF_8);

    ChildStreams(String boundary) {
        this.boundary = boundary;
        restore();
    }

    /** Takes back what user code may have put in the place of the two. */
    void restore() {
        if (System.out != printOut) {
            System.setOut(printOut);
        }
        if (System.err != printErr) {
            System.setErr(printErr);
        }
    }

    boolean used() {
        printOut.flush();
        printErr.flush();
        return out.used || err.used;
    }

    /** What the line that ends a run's output begins with. */
    static byte[] beginning(String secret) {
        return ('\u001e' + secret).getBytes(StandardCharsets.US_ASCII);
    }

    /** The line that ends a run's output; its number is 16 hexadecimal digits. */
    static byte[] boundary(String secret, long run, String executionId) {
        return ('\u001e' + secret + String.format("%016x", run) + executionId + '\n')
                .getBytes(StandardCharsets.US_ASCII);
    }

    void end(long run, String executionId) {
        byte[] line = boundary(boundary, run, executionId);
        out.line(line);
        err.line(line);
    }

    private static final class Counting extends OutputStream {
        private final OutputStream to;
        volatile boolean used;

        Counting(OutputStream file, int buffer) {
            to = new BufferedOutputStream(file, buffer);
        }

        @Override
        public void write(int b) throws IOException {
            used = true;
            to.write(b);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            used = true;
            to.write(from, offset, length);
        }

        @Override
        public void flush() throws IOException {
            to.flush();
        }

        /** The stream is the process's, not the experiment's. */
        @Override
        public void close() throws IOException {
            flush();
        }

        void line(byte[] line) {
            try {
                to.write(line);
                to.flush();
                used = false;
            } catch (IOException e) {
                // Its file descriptor was closed by user code: there is nothing more to mark.
                used = false;
            }
        }
    }
}

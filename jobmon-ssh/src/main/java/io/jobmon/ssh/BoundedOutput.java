package io.jobmon.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps what a command writes, up to a limit. */
final class BoundedOutput extends OutputStream {

    static final int LIMIT = 8 * 1024 * 1024;

    /** A command has written more than is kept. */
    static final class TooMuchException extends IOException {

        private static final long serialVersionUID = 1L;

        TooMuchException(String stream) {
            super("it wrote more than 8 MiB to " + stream);
        }
    }

    private final String stream;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    BoundedOutput(String stream) {
        this.stream = stream;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > LIMIT - kept.size()) {
            throw new TooMuchException(stream);
        }
        kept.write(bytes, offset, length);
    }

    /** All that was written, read as UTF-8. */
    String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}

package io.jobmon.ssh;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passes on what comes after a line {@code MARKER LENGTH}, as many bytes as it says. A login shell may print anything before
 * it, even without a line break.
 */
final class AfterMarker extends FilterOutputStream {

    /** More than any banner. */
    private static final int LONGEST_BANNER = 1024 * 1024;

    private final Pattern marker;
    private final StringBuilder before = new StringBuilder();
    private long missing = -1;

    AfterMarker(String marker, OutputStream to) {
        super(to);
        // Some systems print the number with spaces before it.
        this.marker = Pattern.compile(Pattern.quote(marker) + " +([0-9]{1,18})$");
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int begin = offset;
        int end = offset + length;
        while (missing < 0 && begin < end) {
            search((char) (bytes[begin++] & 0xff));
        }
        int passed = (int) Math.min(end - begin, Math.max(0, missing));
        out.write(bytes, begin, passed);
        missing -= passed;
    }

    /** Reads byte for byte, as ISO 8859-1, until the line is there. */
    private void search(char next) throws IOException {
        if (next != '\n') {
            before.append(next);
            return;
        }
        Matcher line = marker.matcher(before);
        if (line.find()) {
            missing = Long.parseLong(line.group(1));
        } else if (before.length() > LONGEST_BANNER) {
            throw new IOException("it printed a text before the file that does not end");
        }
        before.append(next);
    }

    /** How many bytes have not come; negative if there was no marker. */
    long missing() {
        return missing;
    }
}

package io.jobmon.core.isolate;

import io.jobmon.core.codec.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reads one of a child's two output streams at full speed and keeps the end of what the running experiment has printed.
 *
 * <p>Thread safety: any number of threads.
 */
final class ChildOutput {

    private static final byte FIRST = 0x1e;
    private static final int NUMBER = 16;

    /** No line that ends a run's output is longer. */
    private static final int LINE = 512;

    private final InputStream in;
    private final byte[] prefix;
    private final Listener listener;
    private final PrintedLines lines;
    private final Object lock = new Object();
    private final byte[] ring = new byte[Faults.OUTPUT];
    private final byte[] pending = new byte[LINE];
    private final List<Ended> ended = new ArrayList<>();
    private int pendingSize;
    private long total;
    private long endedRun = -1;
    private String endedText = "";
    private boolean closed;

    /** Told what each experiment has printed, by its execution id. */
    interface Listener {
        void printed(String executionId, String text);
    }

    private record Ended(String executionId, String text) {}

    ChildOutput(InputStream in, String secret, String name, String stream, Listener listener) {
        this.in = in;
        this.lines = new PrintedLines(stream);
        this.listener = listener;
        prefix = ChildStreams.beginning(secret);
        Thread thread = new Thread(this::pump, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** What comes after what earlier runs have printed belongs to this one. */
    void expect(PrintListener run) {
        synchronized (lock) {
            if (!closed) {
                lines.expect(run);
            }
        }
    }

    private void pump() {
        byte[] chunk = new byte[1 << 16];
        try {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                take(chunk, n);
            }
        } catch (IOException e) {
            // The process is gone.
        } finally {
            synchronized (lock) {
                keep(pending, 0, pendingSize);
                pendingSize = 0;
                lines.close();
                closed = true;
                lock.notifyAll();
            }
        }
    }

    private void take(byte[] chunk, int n) {
        List<Ended> told;
        synchronized (lock) {
            look(chunk, n);
            told = List.copyOf(ended);
            ended.clear();
        }
        // A slow log must not keep the monitor waiting.
        told.forEach(each -> listener.printed(each.executionId, each.text));
    }

    private void look(byte[] chunk, int n) {
        int from = 0;
        for (int i = 0; i < n; i++) {
            byte b = chunk[i];
            if (pendingSize == 0 && b != FIRST) {
                continue;
            }
            if (pendingSize == 0) {
                keep(chunk, from, i - from);
            } else if (pendingSize == LINE || pendingSize < prefix.length && b != prefix[pendingSize]) {
                keep(pending, 0, pendingSize);
                pendingSize = 0;
                from = i;
                i--;
                continue;
            }
            pending[pendingSize++] = b;
            from = i + 1;
            if (b == '\n') {
                boundary();
            }
        }
        if (pendingSize == 0) {
            keep(chunk, from, n - from);
        }
    }

    private void boundary() {
        int size = pendingSize - 1 - prefix.length;
        pendingSize = 0;
        if (size < NUMBER) {
            return;
        }
        String line = new String(pending, prefix.length, size, StandardCharsets.US_ASCII);
        try {
            endedRun = Long.parseLong(line.substring(0, NUMBER), 16);
        } catch (NumberFormatException e) {
            return;
        }
        endedText = text();
        lines.ended();
        total = 0;
        lock.notifyAll();
        ended.add(new Ended(line.substring(NUMBER), endedText));
    }

    private void keep(byte[] from, int offset, int length) {
        lines.add(from, offset, length);
        int skip = Math.max(0, length - ring.length);
        total += skip;
        for (int done = skip; done < length; ) {
            int at = (int) (total % ring.length);
            int part = Math.min(length - done, ring.length - at);
            System.arraycopy(from, offset + done, ring, at, part);
            total += part;
            done += part;
        }
    }

    private String text() {
        int kept = (int) Math.min(total, ring.length);
        byte[] bytes = new byte[kept];
        for (int i = 0; i < kept; i++) {
            bytes[i] = ring[(int) ((total - kept + i) % ring.length)];
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return total > kept ? "... (" + (total - kept) + " bytes before)\n" + text : text;
    }

    /** What a run has printed, which has ended with a boundary. */
    String of(long run) {
        return await(run);
    }

    /** What was printed since the last boundary, once the stream has ended. */
    String last() {
        return await(Long.MAX_VALUE);
    }

    private String await(long run) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        boolean interrupted = false;
        try {
            synchronized (lock) {
                while (!closed && endedRun != run) {
                    long left = (end - System.nanoTime()) / 1_000_000;
                    if (left <= 0) {
                        break;
                    }
                    try {
                        lock.wait(left);
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                return endedRun == run ? endedText : text();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

package io.jobmon.core.isolate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Cuts what a process prints into lines, each for the run that has printed it, as long as anybody wants to know. For one thread
 * at a time.
 */
final class PrintedLines {

    private static final int LONGEST = 8192;

    private final String stream;
    private final Deque<PrintListener> runs = new ArrayDeque<>();
    private final byte[] line = new byte[LONGEST];
    private int size;

    PrintedLines(String stream) {
        this.stream = stream;
    }

    /** What comes after what earlier runs have printed belongs to this one. */
    void expect(PrintListener run) {
        runs.add(run);
    }

    /** The end of what the first run has printed. */
    void ended() {
        end();
        runs.poll();
    }

    /** The end of the line, whether or not one was printed. */
    void end() {
        if (size > 0) {
            say();
        }
    }

    /** Nothing more comes. */
    void close() {
        end();
        runs.clear();
    }

    void add(byte[] bytes, int from, int length) {
        PrintListener run = runs.peek();
        if (run == null || !run.heard()) {
            size = 0;
            return;
        }
        for (int k = from; k < from + length; k++) {
            if (bytes[k] == '\n') {
                say();
            } else {
                // What is too long to be one line becomes several.
                if (size == line.length) {
                    say();
                }
                line[size++] = bytes[k];
            }
        }
    }

    private void say() {
        PrintListener run = runs.peek();
        int end = size > 0 && line[size - 1] == '\r' ? size - 1 : size;
        size = 0;
        if (run != null) {
            run.printed(stream, new String(line, 0, end, StandardCharsets.UTF_8));
        }
    }
}

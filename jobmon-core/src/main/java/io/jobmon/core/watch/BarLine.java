package io.jobmon.core.watch;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;

/** The line on which a bar is drawn, and above which other lines can be put. Thread safety: any number of threads. */
final class BarLine extends ConsoleProgressBarConsumer {

    private final PrintStream out;
    private int drawn;

    BarLine(PrintStream out) {
        super(out);
        this.out = out;
    }

    @Override
    public synchronized void accept(String text) {
        super.accept(text + " ".repeat(Math.max(0, drawn - text.length())));
        drawn = text.length();
    }

    synchronized void above(String text) {
        out.print("\r" + text + " ".repeat(Math.max(0, drawn - text.length())) + System.lineSeparator());
        drawn = 0;
        out.flush();
    }

    @Override
    public synchronized void close() {
        if (drawn > 0) {
            super.close();
        }
        drawn = 0;
    }

    // The library forgets an interrupt, and does not end the line if it had not drawn before it was told to close.
    void close(ProgressBar bar) {
        boolean interrupted = Thread.interrupted();
        bar.close();
        close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

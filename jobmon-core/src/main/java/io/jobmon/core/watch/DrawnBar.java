package io.jobmon.core.watch;

import io.jobmon.Progress;
import io.jobmon.ProgressListener;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Progress as a bar that stays on one line of a terminal. It appears after a second, since asking the terminal for its width
 * takes about half of that; what ends before has its last line in words.
 *
 * <p>Thread safety: for one thread; the bar is drawn by a thread of its library.
 */
final class DrawnBar implements ProgressListener {

    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final int REDRAW_MILLIS = 200;

    private final PrintStream out;
    private final InstantSource clock;
    private final Line line;
    private @Nullable Instant begin;
    private @Nullable ProgressBar bar;
    private volatile @Nullable Progress last;

    DrawnBar(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.line = new Line(out);
    }

    @Override
    public void progress(Progress progress) {
        last = progress;
        if (begin == null) {
            begin = clock.instant();
        }
        if (bar == null && !clock.instant().isBefore(begin.plus(DELAY))) {
            bar = bar(progress);
        }
        if (bar != null) {
            bar.stepTo(progress.done() + progress.dead());
            bar.setExtraMessage(ProgressText.details(progress).replaceFirst("^, ", " "));
        }
    }

    private ProgressBar bar(Progress progress) {
        return new ProgressBarBuilder()
                .setTaskName("jobmon")
                .setStyle(ProgressBarStyle.ASCII)
                .setInitialMax(progress.size())
                .startsFrom(progress.done() + progress.dead(), progress.elapsed())
                .setEtaFunction(state -> Optional.ofNullable(last).flatMap(Progress::remaining))
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .continuousUpdate()
                .setConsumer(line)
                .build();
    }

    @Override
    public void notice(String text) {
        line.above(ProgressText.PREFIX + text);
        if (bar != null) {
            bar.refresh();
        }
    }

    @Override
    public void ended() {
        Progress progress = last;
        if (bar != null) {
            close(bar);
        } else if (progress != null) {
            out.println(ProgressText.PREFIX + ProgressText.end(progress));
        }
        begin = null;
        bar = null;
        last = null;
    }

    // The library forgets an interrupt, and does not end the line if it had not drawn before it was told to close.
    private void close(ProgressBar drawn) {
        boolean interrupted = Thread.interrupted();
        drawn.close();
        line.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The line on which the bar is drawn, and above which other lines can be put. */
    private static final class Line extends ConsoleProgressBarConsumer {

        private final PrintStream out;
        private int drawn;

        Line(PrintStream out) {
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
    }
}

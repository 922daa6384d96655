package io.jobmon.core.watch;

import io.jobmon.Progress;
import io.jobmon.ProgressListener;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
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
    private final BarLine line;
    private @Nullable Instant begin;
    private @Nullable ProgressBar bar;
    private volatile @Nullable Progress last;

    DrawnBar(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.line = new BarLine(out);
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
            line.close(bar);
        } else if (progress != null) {
            out.println(ProgressText.PREFIX + ProgressText.end(progress));
        }
        begin = null;
        bar = null;
        last = null;
    }
}

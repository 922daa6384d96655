package io.jobmon.core.watch;

import io.jobmon.SyncProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * What a sync moves, as a bar on one line of a terminal. It appears after a second; what ends before is not worth one.
 *
 * <p>Thread safety: one thread at a time; the bar is drawn by a thread of its library.
 */
final class SyncBar implements Consumer<SyncProgress> {

    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final int REDRAW_MILLIS = 200;
    private static final long MEGABYTE = 1_000_000;

    private final BarLine line;
    private @Nullable ProgressBar bar;

    SyncBar(PrintStream out) {
        this.line = new BarLine(out);
    }

    @Override
    public void accept(SyncProgress progress) {
        if (bar == null
                && !progress.ended()
                && progress.bytes() > 0
                && progress.elapsed().compareTo(DELAY) >= 0) {
            bar = new ProgressBarBuilder()
                    .setTaskName("jobmon sync")
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUnit(" MB", MEGABYTE)
                    .setInitialMax(progress.bytes())
                    .startsFrom(progress.moved(), progress.elapsed())
                    .setUpdateIntervalMillis(REDRAW_MILLIS)
                    .continuousUpdate()
                    .setConsumer(line)
                    .build();
        }
        if (bar != null) {
            bar.maxHint(progress.bytes());
            bar.stepTo(progress.moved());
            bar.setExtraMessage(" " + progress.hostsDone() + " of " + progress.hosts() + " hosts");
        }
        if (bar != null && progress.ended()) {
            line.close(bar);
            bar = null;
        }
    }
}

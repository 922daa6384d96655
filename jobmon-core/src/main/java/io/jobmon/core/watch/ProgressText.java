package io.jobmon.core.watch;

import io.jobmon.Progress;
import io.jobmon.SweepState;
import java.time.Duration;
import java.util.Locale;

/** Progress in words. Thread safety: stateless. */
final class ProgressText {

    static final String PREFIX = "jobmon: ";

    private ProgressText() {}

    /** On the way, such as {@code 1,200 of 4,200 (28 %), 350/s, 2 failed, about 9 s left}. */
    static String line(Progress progress) {
        return count(progress)
                + details(progress)
                + progress.remaining()
                        .filter(time -> !progress.complete())
                        .map(time -> ", about " + duration(time) + " left")
                        .orElse("");
    }

    /** At the end, such as {@code 4,200 of 4,200 (100 %) in 12 s, 2 failed}. */
    static String end(Progress progress) {
        return count(progress) + " in " + duration(progress.elapsed()) + failed(progress)
                + switch (progress.state()) {
                    case PAUSED, CANCELLED, CLEANING ->
                        ", " + progress.state().name().toLowerCase(Locale.ROOT);
                    case ADOPTING, OPEN, COMPLETE -> "";
                };
    }

    /** Rate or, as long as none is known, what runs, and failures; begins with a comma unless empty. */
    static String details(Progress progress) {
        String text = "";
        if (progress.state() == SweepState.ADOPTING) {
            text = ", taking over earlier results";
        } else if (progress.rate() > 0) {
            text = ", " + rate(progress.rate());
        } else if (!progress.complete()) {
            text = String.format(Locale.ROOT, ", %,d running", progress.running());
        }
        return text + failed(progress);
    }

    private static String failed(Progress progress) {
        return progress.dead() == 0 ? "" : String.format(Locale.ROOT, ", %,d failed", progress.dead());
    }

    private static String count(Progress progress) {
        long ended = progress.done() + progress.dead();
        // Rounded down: 100 % is said of a sweep that is complete.
        long percent = progress.size() == 0 ? 100 : (long) (100.0 * ended / progress.size());
        return String.format(
                Locale.ROOT,
                "%,d of %,d (%d %%)",
                ended,
                progress.size(),
                progress.complete() ? 100 : Math.min(99, percent));
    }

    static String rate(double perSecond) {
        if (perSecond >= 10) {
            return String.format(Locale.ROOT, "%,d/s", Math.round(perSecond));
        }
        if (perSecond >= 0.1) {
            return String.format(Locale.ROOT, "%.1f/s", perSecond);
        }
        return String.format(Locale.ROOT, perSecond * 60 >= 0.1 ? "%.1f/min" : "%.2f/min", perSecond * 60);
    }

    static String duration(Duration time) {
        long seconds = (time.toMillis() + 500) / 1000;
        if (time.toMillis() < 9_950) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = (seconds + 30) / 60;
        if (minutes < 120) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        return hours < 48 ? hours + " h " + minutes % 60 + " min" : hours / 24 + " d " + hours % 24 + " h";
    }
}

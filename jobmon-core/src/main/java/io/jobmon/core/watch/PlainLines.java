package io.jobmon.core.watch;

import io.jobmon.Progress;
import io.jobmon.ProgressListener;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Progress as lines for a file or a log. Thread safety: for one thread. */
final class PlainLines implements ProgressListener {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final PrintStream out;
    private final InstantSource clock;
    private @Nullable Progress last;
    private Instant next = Instant.MIN;

    PlainLines(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void progress(Progress progress) {
        Instant now = clock.instant();
        if (last == null) {
            next = now.plus(INTERVAL);
        } else if (!now.isBefore(next)) {
            print(ProgressText.line(progress));
            next = now.plus(INTERVAL);
        }
        last = progress;
    }

    @Override
    public void notice(String line) {
        print(line);
    }

    @Override
    public void ended() {
        if (last != null) {
            print(ProgressText.end(last));
            last = null;
        }
    }

    private void print(String line) {
        out.println(ProgressText.PREFIX + line);
        out.flush();
    }
}

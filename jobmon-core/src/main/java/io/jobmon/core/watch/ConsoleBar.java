package io.jobmon.core.watch;

import io.jobmon.Progress;
import io.jobmon.ProgressListener;

/** Progress on standard error. */
public final class ConsoleBar implements ProgressListener {

    private ConsoleBar() {}

    /**
     * Makes one.
     *
     * @return the listener
     */
    public static ProgressListener create() {
        return new ConsoleBar();
    }

    @Override
    public void progress(Progress progress) {
        System.err.println(progress);
    }

    @Override
    public void notice(String line) {
        System.err.println(line);
    }
}

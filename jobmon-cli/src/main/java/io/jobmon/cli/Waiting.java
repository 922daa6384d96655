package io.jobmon.cli;

import io.jobmon.Progress;
import io.jobmon.ProgressListener;
import io.jobmon.Sweep;

/** Waits for a sweep and says how it ended. */
final class Waiting {

    private Waiting() {}

    /** Exit code: 0 if all experiments have a result. */
    static int on(Sweep<?, ?> sweep, ProgressListener bar, JmCommand command) {
        sweep.await(bar);
        Progress end = sweep.progress();
        if (end.dead() == 0) {
            return 0;
        }
        command.say(Texts.count(end.dead()) + " of " + Texts.count(end.size(), "experiment") + " failed: "
                + command.program() + " failures " + Texts.shortly(sweep.id()));
        return CommandRunner.FAILED;
    }
}

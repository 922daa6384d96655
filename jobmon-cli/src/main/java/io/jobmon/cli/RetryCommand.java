package io.jobmon.cli;

import io.jobmon.JobMon;
import io.jobmon.Sweep;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(name = "retry", description = "Each gets its attempts anew; a sweep that is paused is opened.")
final class RetryCommand extends SweepCommand {

    @Override
    int execute(JobMon jobmon, Finder.Found found, Sweep<Map<String, Object>, Map<String, Object>> sweep) {
        long again = sweep.retryFailed();
        out().println(Texts.count(again, "experiment") + " of " + Texts.shortly(sweep.id()) + " will run again");
        if (isLocal() && again > 0) {
            say("Nobody runs them until you say: " + program() + " watch " + Texts.shortly(sweep.id()));
        }
        return 0;
    }
}

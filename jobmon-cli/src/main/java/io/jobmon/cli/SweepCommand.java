package io.jobmon.cli;

import io.jobmon.JobMon;
import io.jobmon.Sweep;
import io.jobmon.spi.StoredSweeps;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** A command on one sweep: the named one, or the newest. */
abstract class SweepCommand extends RedisCommand {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SWEEP",
            description =
                    "The first characters of its id, or its job's name: its newest one. Default: the newest of all.")
    private @Nullable String typed;

    final Finder.Found found(JobMon jobmon) {
        Finder finder = new Finder(jobmon.jobs());
        return typed == null ? finder.newest() : finder.sweep(typed);
    }

    @Override
    final int execute() {
        try (JobMon jobmon = connect()) {
            Finder.Found found = found(jobmon);
            return execute(jobmon, found, stored(jobmon, found));
        }
    }

    abstract int execute(JobMon jobmon, Finder.Found found, Sweep<Map<String, Object>, Map<String, Object>> sweep);

    /** The sweep by names and values, whether its code is here or not. */
    static Sweep<Map<String, Object>, Map<String, Object>> stored(JobMon jobmon, Finder.Found found) {
        return ((StoredSweeps) jobmon).stored(found.sweep().id());
    }
}

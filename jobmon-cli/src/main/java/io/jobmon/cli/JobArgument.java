package io.jobmon.cli;

import io.jobmon.JobMon;
import io.jobmon.JobStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Parameters;

/** A command on one posted job. */
abstract class JobArgument extends RedisCommand {

    @Parameters(index = "0", paramLabel = "JOB", description = "The first characters of its hash, or its name.")
    @SuppressWarnings("NullAway.Init")
    private String typed;

    @Override
    final int execute() {
        try (JobMon jobmon = connect()) {
            return execute(jobmon, new Finder(jobmon.jobs()).job(typed));
        }
    }

    abstract int execute(JobMon jobmon, JobStatus job);

    static Map<String, Object> tree(JobStatus job, String name, String value) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("job", job.hash());
        tree.put("name", job.name());
        tree.put(name, value);
        return tree;
    }
}

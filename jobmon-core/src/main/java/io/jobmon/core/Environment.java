package io.jobmon.core;

import io.jobmon.JobMonException;
import io.jobmon.JobMonOptions;
import io.jobmon.Worker;
import io.jobmon.core.claim.Launch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Reads what a launcher set. */
final class Environment {

    private Environment() {}

    static Worker.Builder worker(Map<String, String> environment) {
        JobMonOptions options = options(environment);
        Launch launch = LaunchVariables.read(environment, InstantSource.system());
        WorkerBuilder builder = new WorkerBuilder(setup -> {
            DefaultJobMon jobmon = DefaultJobMon.open(options);
            try {
                return jobmon.start(setup, launch).alsoClose(jobmon);
            } catch (RuntimeException e) {
                jobmon.close();
                throw e;
            }
        });
        String slots = environment.get("JOBMON_SLOTS");
        if (slots != null) {
            builder.slots(number(slots));
        }
        String syslog = environment.get("JOBMON_SYSLOG");
        if (syslog != null && !syslog.isBlank()) {
            try {
                builder.syslog(syslog);
            } catch (JobMonException e) {
                throw new JobMonException("JOBMON_SYSLOG: " + e.getMessage(), e);
            }
        }
        String tags = environment.get("JOBMON_TAGS");
        if (tags != null && !tags.isBlank()) {
            builder.tags(tags.split(","));
        }
        return builder;
    }

    private static JobMonOptions options(Map<String, String> environment) {
        JobMonOptions options = JobMonOptions.redis(RedisAddress.read(environment));
        String namespace = environment.get("JOBMON_NAMESPACE");
        if (namespace != null) {
            options = options.namespace(namespace);
        }
        Optional<Duration> heartbeat = LaunchVariables.duration(environment, "JOBMON_HEARTBEAT", "PT3S");
        if (heartbeat.isPresent()) {
            try {
                options = options.heartbeat(heartbeat.get());
            } catch (JobMonException e) {
                throw new JobMonException("JOBMON_HEARTBEAT: " + e.getMessage(), e);
            }
        }
        return options;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            throw new JobMonException("JOBMON_SLOTS is '" + text + "'; give a whole number.", e);
        }
    }
}

package io.jobmon.core;

import io.jobmon.JobMonException;
import io.jobmon.JobMonOptions;
import io.jobmon.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a launcher set. */
final class Environment {

    private Environment() {}

    static Worker.Builder worker(Map<String, String> environment) {
        JobMonOptions options = JobMonOptions.redis(uri(environment));
        String namespace = environment.get("JOBMON_NAMESPACE");
        if (namespace != null) {
            options = options.namespace(namespace);
        }
        JobMonOptions chosen = options;
        WorkerBuilder builder = new WorkerBuilder(setup -> {
            DefaultJobMon jobmon = DefaultJobMon.open(chosen);
            try {
                return jobmon.start(setup).alsoClose(jobmon);
            } catch (RuntimeException e) {
                jobmon.close();
                throw e;
            }
        });
        String slots = environment.get("JOBMON_SLOTS");
        if (slots != null) {
            builder.slots(number(slots));
        }
        String tags = environment.get("JOBMON_TAGS");
        if (tags != null && !tags.isBlank()) {
            builder.tags(tags.split(","));
        }
        return builder;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            throw new JobMonException("JOBMON_SLOTS is '" + text + "'; give a whole number.", e);
        }
    }

    private static String uri(Map<String, String> environment) {
        @Nullable String uri = environment.get("JOBMON_REDIS");
        @Nullable String file = environment.get("JOBMON_REDIS_FILE");
        if (uri != null && file != null) {
            throw new JobMonException("Both JOBMON_REDIS and JOBMON_REDIS_FILE are set; leave one.");
        }
        if (uri != null) {
            return uri;
        }
        if (file == null) {
            throw new JobMonException(
                    "Neither JOBMON_REDIS nor JOBMON_REDIS_FILE is set; set JOBMON_REDIS to a URI such"
                            + " as redis://head:6379, or JOBMON_REDIS_FILE to a file that holds one.");
        }
        try {
            return Files.readString(Path.of(file)).trim();
        } catch (IOException | InvalidPathException e) {
            throw new JobMonException(
                    "JOBMON_REDIS_FILE names " + file + ", which cannot be read; check the path and its rights.", e);
        }
    }
}

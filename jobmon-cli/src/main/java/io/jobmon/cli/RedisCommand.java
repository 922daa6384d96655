package io.jobmon.cli;

import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.JobMonOptions;
import io.jobmon.spi.Engine;
import io.jobmon.spi.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that talks to Redis. */
abstract class RedisCommand extends ProjectCommand {

    @Option(
            names = "--redis",
            order = 91,
            paramLabel = "URI",
            description = "Redis, without a password: passwords belong in a file, see JOBMON_REDIS_FILE.")
    private @Nullable String redis;

    @Option(names = "--namespace", order = 92, paramLabel = "NAME", description = "A queue of its own on that Redis.")
    private @Nullable String namespace;

    private boolean local;

    /** Connects to what is named first: option, environment, jobmon.yaml, the head at home. */
    final JobMon connect() {
        JobMonOptions options = named(options());
        return JobMon.connect(options);
    }

    /** Whether this very program is the one that runs experiments, for nobody else is there. Known after {@link #connect}. */
    final boolean isLocal() {
        return local;
    }

    private JobMonOptions named(JobMonOptions options) {
        String name = namespace == null ? around().environment().get("JOBMON_NAMESPACE") : namespace;
        return name == null ? options : options.namespace(name);
    }

    private JobMonOptions options() {
        if (redis != null) {
            return JobMonOptions.redis(withoutPassword(redis));
        }
        Optional<String> told =
                environment(around().environment()).or(() -> project().flatMap(found -> found.redis()));
        if (told.isPresent()) {
            return JobMonOptions.redis(told.get());
        }
        Optional<Path> folder = project().flatMap(found -> found.local());
        if (folder.isPresent()) {
            Optional<Head> head = Engine.find().heads().find(folder.get());
            local = head.isEmpty();
            return head.isPresent()
                    ? JobMonOptions.redis(head.get().uri())
                    : JobMonOptions.local().directory(folder.get());
        }
        return Engine.find()
                .heads()
                .find(around().home())
                .map(head -> JobMonOptions.redis(head.uri()))
                .orElseThrow(() -> new UsageException("No Redis is named, and no head runs in " + around().home() + ": "
                        + program() + " spawn starts one; or write redis: into jobmon.yaml, or give --redis."));
    }

    private static String withoutPassword(String uri) {
        if (uri.indexOf('@') >= 0) {
            throw new UsageException(
                    "--redis holds a password, and everybody on this machine can read arguments: write the"
                            + " URI to a file that only you can read, and set JOBMON_REDIS_FILE to its path.");
        }
        return uri;
    }

    private static Optional<String> environment(Map<String, String> environment) {
        String file = environment.get("JOBMON_REDIS_FILE");
        String uri = environment.get("JOBMON_REDIS");
        if (file != null && uri != null) {
            throw new UsageException("Both JOBMON_REDIS and JOBMON_REDIS_FILE are set; leave one.");
        }
        if (file == null) {
            return Optional.ofNullable(uri);
        }
        try {
            return Optional.of(Files.readString(Path.of(file)).strip());
        } catch (IOException | InvalidPathException e) {
            throw new JobMonException(
                    "JOBMON_REDIS_FILE names " + file + ", which cannot be read; correct the path.", e);
        }
    }
}

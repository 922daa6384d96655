package io.jobmon;

import java.time.Duration;

/**
 * What a host is to start: workers of a bundle that is there. Made by {@link Fleet#launch}; for those who write a {@link Host}
 * of their own.
 *
 * <p>Thread safety: immutable.
 *
 * @param launch what this launch is called: letters, digits, dots, dashes; workers say it in {@code workers:info}
 * @param bundle the bundle's id
 * @param main the main class, which calls {@link Worker#fromEnvironment()}
 * @param redis the URI of Redis; a secret: it must not get into an argument list, a log or a file that others can read
 * @param namespace the prefix of all keys
 * @param heartbeat how often workers say that they live
 * @param idle after how long without work, or without Redis, a worker ends
 * @since 0.1
 */
public record WorkerRequest(
        String launch, String bundle, String main, String redis, String namespace, Duration heartbeat, Duration idle) {

    /** Without the URI, which may hold a password. */
    @Override
    public String toString() {
        return "WorkerRequest[launch=" + launch + ", bundle=" + bundle + ", main=" + main + ", namespace=" + namespace
                + "]";
    }
}

package io.jobmon.core.host;

import io.jobmon.core.queue.Queue;
import java.time.Duration;

/**
 * What fleets of one connection share.
 *
 * @param queue a lane
 * @param redis the URI that workers are given; a secret
 * @param namespace the prefix of all keys
 * @param heartbeat how often workers say that they live
 * @param lease how long a worker may be silent
 */
public record FleetContext(Queue queue, String redis, String namespace, Duration heartbeat, Duration lease) {

    /** Without the URI. */
    @Override
    public String toString() {
        return "FleetContext[namespace=" + namespace + "]";
    }
}

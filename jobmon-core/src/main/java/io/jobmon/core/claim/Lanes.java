package io.jobmon.core.claim;

import io.jobmon.core.queue.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Connections of a worker's own, so that none waits for another. Their patience is short: their users ask again. */
record Lanes(Queue claims, Queue beats, Queue commits) {

    static Lanes open(Queue lane, Duration patience) {
        List<Queue> opened = new ArrayList<>();
        try {
            for (int k = 0; k < 3; k++) {
                opened.add(lane.lane(patience));
            }
            return new Lanes(opened.get(0), opened.get(1), opened.get(2));
        } catch (RuntimeException e) {
            opened.forEach(Queue::close);
            throw e;
        }
    }
}

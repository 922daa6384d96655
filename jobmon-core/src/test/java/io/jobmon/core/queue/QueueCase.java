package io.jobmon.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real server for the class, a lane to it, and sweeps on it. */
abstract class QueueCase {

    @RegisterExtension
    static final TestRedis REDIS = TestRedis.seven();

    private static QueueServer server;
    static Queue queue;

    @BeforeAll
    static void connect() {
        server = REDIS.server("t");
        queue = server.lane(Duration.ofSeconds(5));
    }

    @AfterAll
    static void disconnect() {
        queue.close();
        server.close();
    }

    /** A sweep that was reaped before, so that the next reap finds no gap. */
    static TestSweep watched(long size) {
        TestSweep sweep = TestSweep.post(queue, size);
        assertThat(sweep.reap().state()).isEqualTo("armed");
        return sweep;
    }

    static long[] range(long from, long to) {
        return LongStream.range(from, to).toArray();
    }
}

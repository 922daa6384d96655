package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.JobMon;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker that has nothing to do. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class IdleWorkerTest {

    private static final int SWEEPS = 20;

    /** An idle worker that hears nothing looks for work after that time or later. */
    private static final Duration POLL = Duration.ofMillis(750);

    private OwnRedis server;
    private JobMon poster;
    private JobMon hearer;

    @BeforeEach
    void open() {
        server = OwnRedis.start();
        poster = JobMon.connect(server.uri());
        hearer = JobMon.connect(server.uri());
    }

    @AfterEach
    void close() {
        hearer.close();
        poster.close();
        server.close();
    }

    private void run(int value) {
        Sweep<Integer, Long> sweep = poster.post(new Jobs.OfInteger()).run(value);
        sweep.await();
        assertThat(sweep.results().iterator().next().value()).isEqualTo(value * 10L);
    }

    /** Not how fast it is, but that it does not wait for its next look: this takes a second, without messages 15. */
    @Test
    void should_be_woken_by_a_message_when_others_post() {
        try (Worker worker = hearer.worker().job(new Jobs.OfInteger()).slots(1).start()) {
            run(-1);
            long begun = System.nanoTime();
            for (int k = 0; k < SWEEPS; k++) {
                run(k);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(POLL.multipliedBy(SWEEPS).dividedBy(2));
        }
    }
}

package io.jobmon.core.post;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Sweep;
import io.jobmon.core.queue.ClaimRequest;
import io.jobmon.core.queue.Outcomes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Posting what is complete already. */
class RepostTest extends PostCase {

    private Sweep<Integer, Integer> post() {
        return poster(null, Duration.ofDays(1)).post(percolation("1")).sweep("value", 1, 2, 3);
    }

    private Sweep<Integer, Integer> completed() {
        Sweep<Integer, Integer> sweep = post();
        queue().claims().claim(sweep.id(), new ClaimRequest("r", "w", 3, 3, Duration.ofMinutes(1), 1, false, false));
        Outcomes outcomes = new Outcomes();
        for (int i = 0; i < 3; i++) {
            outcomes.add(
                    new Outcomes.Single(i, 0, 1, 1, 0, ("[" + i + "]").getBytes(StandardCharsets.UTF_8), new byte[0]));
        }
        outcomes.end("r");
        queue().commit(sweep.id(), outcomes, "w", 0);
        assertThat(queue().sweeps().status(sweep.id()).state()).isEqualTo("complete");
        return sweep;
    }

    @Test
    void should_stay_complete_and_unlisted_when_nothing_is_missing() {
        Sweep<Integer, Integer> sweep = completed();
        post().await();
        assertThat(commands().exists("jobmon:jobs:new:" + sweep.jobHash())).isZero();
    }

    @Test
    void should_open_it_again_when_the_server_has_lost_results() {
        Sweep<Integer, Integer> sweep = completed();
        commands().hdel("jobmon:{" + sweep.id() + "}:o:0", "1");
        post();
        assertThat(queue().sweeps().status(sweep.id()).state()).isEqualTo("open");
        assertThat(queue().sweeps().status(sweep.id()).done()).isEqualTo(2);
        assertThat(commands().zrange("jobmon:jobs:new:" + sweep.jobHash(), 0, -1))
                .containsExactly(sweep.id());
    }
}

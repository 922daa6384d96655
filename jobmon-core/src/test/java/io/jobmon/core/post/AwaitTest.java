package io.jobmon.core.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.jobmon.JobMonException;
import io.jobmon.Progress;
import io.jobmon.ProgressListener;
import io.jobmon.Sweep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What a wait says and when it gives up. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class AwaitTest extends PostCase {

    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration NEVER = Duration.ofDays(365_000);

    /** Waits until something is said, then cancels. */
    private static List<String> said(Sweep<Integer, Integer> sweep) {
        List<String> said = new ArrayList<>();
        assertThatThrownBy(() -> sweep.await(new ProgressListener() {
                    @Override
                    public void progress(Progress progress) {
                        if (!said.isEmpty()) {
                            sweep.cancel();
                        }
                    }

                    @Override
                    public void notice(String line) {
                        said.add(line);
                    }
                }))
                .hasMessageContaining("was cancelled");
        return said;
    }

    private Sweep<Integer, Integer> sweep(Duration patience, Duration firstNotice, String... tags) {
        return poster(patience, firstNotice)
                .post(percolation("1"))
                .requires(tags)
                .sweep("value", 1, 2, 3);
    }

    @Test
    void should_name_those_who_hold_other_code_when_nobody_holds_this() {
        Sweep<Integer, Integer> sweep = sweep(null, SOON);
        worker("a", percolation("2"));
        worker("b", percolation("2"));
        worker("c", percolation("3"));

        List<String> said = said(sweep);

        String mine = sweep.jobHash().substring(0, 8);
        String two = poster(null, NEVER).post(percolation("2")).run(1).jobHash().substring(0, 8);
        String three =
                poster(null, NEVER).post(percolation("3")).run(1).jobHash().substring(0, 8);
        assertThat(said).hasSize(1);
        assertThat(said.get(0))
                .startsWith("no worker holds Percolation " + mine + "; ")
                .contains("; 2 workers hold Percolation " + two, "; 1 worker holds Percolation " + three);
    }

    @Test
    void should_say_that_nobody_holds_it_when_there_are_no_workers() {
        Sweep<Integer, Integer> sweep = sweep(null, SOON);

        assertThat(said(sweep))
                .containsExactly(
                        "no worker holds Percolation " + sweep.jobHash().substring(0, 8));
    }

    @Test
    void should_name_the_tags_when_those_who_hold_it_carry_others() {
        Sweep<Integer, Integer> sweep = sweep(null, SOON, "gpu", "big");
        worker("a", percolation("1"), "gpu");
        worker("b", percolation("1"));

        assertThat(said(sweep))
                .containsExactly("2 workers hold Percolation " + sweep.jobHash().substring(0, 8)
                        + ", but none carries the tags [big, gpu]");
    }

    @Test
    void should_say_that_results_are_taken_over_when_adopting() {
        Sweep<Integer, Integer> sweep = sweep(null, SOON);
        state(sweep, "adopting", "");

        assertThat(said(sweep).get(0)).contains("taken over into " + sweep.id(), "post it again");
    }

    @Test
    void should_say_it_to_the_log_when_nobody_listens() {
        Logger logger = (Logger) LoggerFactory.getLogger("io.jobmon");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            assertThat(sweep(null, SOON).await(Duration.ofMillis(500))).isFalse();
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.startsWith("no worker holds Percolation"))
                .hasSize(1);
    }

    @Test
    void should_give_up_when_nobody_can_run_it_for_long() {
        Sweep<Integer, Integer> sweep = sweep(Duration.ofMillis(200), NEVER, "gpu");
        worker("a", percolation("1"), "fast");

        assertThatThrownBy(sweep::await)
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("Nobody can run the sweep " + sweep.id())
                .hasMessageContaining("none carries the tags [gpu]")
                .hasMessageContaining("Start a worker");
        assertThatThrownBy(() -> sweep.stream().toList())
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("Nobody can run the sweep");
        assertThat(queue().sweeps().status(sweep.id()).state()).isEqualTo("open");
    }

    @Test
    void should_go_on_waiting_when_somebody_can_run_it() {
        Sweep<Integer, Integer> sweep = sweep(Duration.ofMillis(100), NEVER, "gpu");
        worker("a", percolation("1"), "gpu", "fast");

        assertThat(sweep.await(Duration.ofSeconds(1))).isFalse();
    }

    @Test
    void should_keep_the_flag_when_interrupted() throws Exception {
        Sweep<Integer, Integer> sweep = sweep(null, NEVER);
        CompletableFuture<List<Object>> seen = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            Throwable thrown = catchThrowable(sweep::await);
            seen.complete(List.of(thrown, Thread.currentThread().isInterrupted()));
        });
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

        waiting.interrupt();

        List<Object> what = seen.get(10, TimeUnit.SECONDS);
        assertThat((Throwable) what.get(0)).isInstanceOf(JobMonException.class).hasMessageContaining("Interrupted");
        assertThat(what.get(1)).isEqualTo(true);
    }

    @Test
    void should_throw_when_paused_cleaned_or_being_cleaned() {
        Sweep<Integer, Integer> sweep = sweep(null, NEVER);
        state(sweep, "paused", "the first 1000 outcomes are failures: boom");
        assertThatThrownBy(sweep::await)
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("paused: the first 1000 outcomes are failures: boom")
                .hasMessageContaining("retryFailed()")
                .hasMessageContaining("keepGoing()");
        state(sweep, "cleaning", "");
        assertThatThrownBy(sweep::await).isInstanceOf(JobMonException.class).hasMessageContaining("being cleaned");
        assertThatThrownBy(() -> sweep(null, NEVER))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("being cleaned")
                .hasMessageContaining("post it again");
        queue().sweeps().clean(sweep.id(), false);
        assertThatThrownBy(sweep::await)
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining(sweep.id())
                .hasMessageContaining("cleaned")
                .hasMessageContaining("Post it again");
    }

    @Test
    void should_throw_when_a_server_that_goes_on_is_flushed_during_the_wait() throws Exception {
        Sweep<Integer, Integer> sweep = sweep(null, NEVER);
        CompletableFuture<Progress> seen = new CompletableFuture<>();
        CompletableFuture<Throwable> waiting =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> sweep.await(seen::complete)));
        assertThat(seen.get(10, TimeUnit.SECONDS).size()).isEqualTo(3);

        commands().flushall();

        assertThat(waiting.get(10, TimeUnit.SECONDS))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining(sweep.id())
                .hasMessageContaining("it was cleaned, or Redis was flushed")
                .hasMessageContaining("Post it again");
        assertThat(commands().keys("*" + sweep.id() + "*"))
                .as("it was not posted again")
                .isEmpty();
    }

    @Test
    void should_list_its_sweep_again_when_the_list_was_lost() {
        Sweep<Integer, Integer> sweep = sweep(null, SOON);
        String list = "jobmon:jobs:new:" + sweep.jobHash();
        assertThat(commands().zrange(list, 0, -1)).containsExactly(sweep.id());
        commands().del(list);

        CompletableFuture<Throwable> waiting = CompletableFuture.supplyAsync(() -> catchThrowable(sweep::await));
        await().atMost(Duration.ofSeconds(50)).until(() -> commands().exists(list) == 1);

        assertThat(commands().zrange(list, 0, -1)).containsExactly(sweep.id());
        sweep.cancel();
        assertThat(waiting.join()).hasMessageContaining("cancelled");
    }
}

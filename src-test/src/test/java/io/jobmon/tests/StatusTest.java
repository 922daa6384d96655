package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.jobmon.Axis;
import io.jobmon.CleanOption;
import io.jobmon.GcReport;
import io.jobmon.GcReport.Kind;
import io.jobmon.JobMon;
import io.jobmon.JobMonOptions;
import io.jobmon.JobStatus;
import io.jobmon.ParamSpace;
import io.jobmon.Sweep;
import io.jobmon.SweepState;
import io.jobmon.Worker;
import io.jobmon.core.identity.GitState;
import io.jobmon.core.identity.Identities;
import io.jobmon.spi.SweepDetails;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What JobMon says of jobs and sweeps, and what it clears away. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StatusTest {

    private static final Duration HEARTBEAT = Duration.ofMillis(200);
    private static final String DAY_OLD =
            Long.toString(Instant.now().minus(Duration.ofHours(25)).toEpochMilli());

    private final String name = UUID.randomUUID().toString();
    private final Gate gate = Gate.named(name);
    private OwnRedis server;
    private JobMon jobmon;

    @BeforeEach
    void open() {
        server = OwnRedis.start();
        jobmon = JobMon.connect(JobMonOptions.redis(server.uri()).heartbeat(HEARTBEAT));
    }

    @AfterEach
    void close() {
        gate.open.countDown();
        jobmon.close();
        server.close();
    }

    private ParamSpace space(int n) {
        return ParamSpace.grid().axis("gate", name).axis("x", Axis.range(1, n, 1));
    }

    private Sweep<Gate.Params, Integer> waiting(int n) {
        return jobmon.post(new Gate.Waiting()).describe("behind a gate").sweep(space(n));
    }

    private Worker worker(int slots) {
        return jobmon.worker()
                .job(new Gate.Waiting())
                .job(new Gate.Failing())
                .job(new Gate.FirstFailing())
                .slots(slots)
                .start();
    }

    private void started(int number) {
        await().until(() -> gate.started.get() >= number);
    }

    private JobStatus.SweepStatus only() {
        return jobmon.jobs().get(0).sweeps().get(0);
    }

    @Test
    void should_tell_where_each_sweep_of_a_job_stands() {
        assertThat(jobmon.jobs()).isEmpty();
        Instant before = Instant.now().minusSeconds(1);
        Sweep<?, ?> sweep = waiting(10);
        jobmon.post(new Gate.Waiting()).seed(1).sweep(space(3));

        List<JobStatus> jobs = jobmon.jobs();
        assertThat(jobs).hasSize(1);
        JobStatus job = jobs.get(0);
        assertThat(job.hash()).isEqualTo(sweep.jobHash());
        assertThat(job.name()).isEqualTo("Waiting");
        assertThat(job.description()).isEqualTo("behind a gate");
        assertThat(job.posted()).isBetween(before, Instant.now().plusSeconds(1));
        assertThat(job.sweeps()).extracting(JobStatus.SweepStatus::size).containsExactlyInAnyOrder(3L, 10L);
        assertThat(job.pending()).isEqualTo(13);

        try (Worker worker = worker(2)) {
            started(2);
            assertThat(jobmon.jobs().get(0).running()).isEqualTo(2);
            gate.open.countDown();
            await().until(() -> jobmon.jobs().get(0).done() == 13);
        }
        assertThat(jobmon.jobs().get(0).sweeps())
                .allSatisfy(line -> assertThat(line.state()).isEqualTo(SweepState.COMPLETE))
                .allSatisfy(line -> assertThat(line.pending() + line.running() + line.dead())
                        .isZero());
        assertThat(jobmon.jobs().get(0).toString())
                .contains("Waiting: behind a gate")
                .contains(sweep.id() + " complete: 10 of 10 done");
    }

    @Test
    void should_tell_the_commit_of_the_checkout_soon_when_posted() {
        GitState here = Identities.git().join();
        Sweep<?, ?> sweep = waiting(1);

        await().until(() -> jobmon.jobs().get(0).gitCommit().equals(here.known() ? here.text() : ""));

        assertThat(server.commands().hget("jobmon:jobs:githashes", sweep.jobHash()))
                .isEqualTo(here.known() ? here.text() : null);
    }

    @Test
    void should_say_that_a_sweep_of_another_configuration_is_open_when_another_program_posts() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.list = new CopyOnWriteArrayList<>();
        Logger logger = (Logger) LoggerFactory.getLogger("io.jobmon");
        lines.start();
        logger.addAppender(lines);
        Sweep<?, ?> open = jobmon.post(new Jobs.Scaled(2)).run(new Jobs.Params(0.5, 1));
        try (JobMon another = JobMon.connect(server.uri())) {
            another.post(new Jobs.Scaled(3)).run(new Jobs.Params(0.5, 1));

            await().untilAsserted(() -> assertThat(lines.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .filteredOn(line -> line.contains(open.id()))
                    .singleElement()
                    .asString()
                    .startsWith("The sweep " + open.id() + " of Scaled with other code or configuration")
                    .contains("is still open, 0 of 1 done", "To cancel it: jobmon.attach"));
        } finally {
            logger.detachAppender(lines);
        }
    }

    @Test
    void should_tell_the_rate_that_workers_have_and_how_long_the_rest_takes(@TempDir Path folder) throws Exception {
        Executions.in(folder);
        jobmon.post(new Sampling())
                .sweep(ParamSpace.grid().axis("i", Axis.range(1, 400, 1)).axis("millis", 20));
        try (Worker worker = jobmon.worker().job(new Sampling()).slots(2).start()) {
            await().until(() -> only().rate() > 0);
            JobStatus.SweepStatus line = only();
            assertThat(line.rate()).isBetween(1.0, 200.0);
            assertThat(line.remaining()).isPresent();
            Duration expected = Duration.ofMillis((long) ((line.size() - line.done()) / line.rate() * 1000));
            assertThat(line.remaining().orElseThrow()).isCloseTo(expected, Duration.ofMillis(1));
        }
    }

    @Test
    void should_say_that_nobody_holds_the_code_or_carries_the_tags() {
        Sweep<?, ?> sweep = waiting(5);
        assertThat(sweep.explain()).singleElement().asString().startsWith("no worker holds Waiting");
        Sweep<?, ?> tagged =
                jobmon.post(new Gate.Waiting()).requires("gpu").seed(2).sweep(space(5));
        try (Worker worker = worker(1)) {
            assertThat(tagged.explain()).singleElement().asString().contains("none carries the tags [gpu]");
        }
    }

    @Test
    void should_say_that_it_runs_and_that_another_waits_for_slots() {
        try (Worker worker = worker(2)) {
            Sweep<?, ?> sweep = waiting(5);
            started(2);
            assertThat(sweep.explain()).containsExactly("it runs: 2 experiments claimed by 1 of 1 worker that can");
            Sweep<?, ?> other = jobmon.post(new Gate.Failing()).sweep(space(5));
            await().untilAsserted(() -> assertThat(other.explain())
                    .containsExactly("all slots of the 1 worker that can run it are busy with Waiting"));
        }
    }

    @Test
    void should_say_when_retries_are_due() {
        gate.failing = true;
        Sweep<?, ?> sweep =
                jobmon.post(new Gate.Failing()).backoff(Duration.ofMinutes(5)).sweep(space(3));
        try (Worker worker = worker(2)) {
            await().untilAsserted(() -> assertThat(sweep.explain())
                    .singleElement()
                    .asString()
                    .matches("failed experiments of Failing that wait for their next attempt: 2, the first of them for"
                            + " [0-9.]+ s"));
        }
    }

    @Test
    void should_name_who_is_silent_and_when_its_lease_ends() {
        Sweep<?, ?> sweep = waiting(5);
        try (Worker worker = worker(1)) {
            started(1);
        }
        String claims = "jobmon:{" + sweep.id() + "}:";
        server.commands().hset(claims + "claims", "ghost#1", "99|ghost-1|R|3|2-5");
        long now = Long.parseLong(server.commands().time().get(0)) * 1000;
        server.commands().zadd(claims + "leases", now + 100_000, "ghost#1");
        assertThat(sweep.explain()).noneMatch(line -> line.startsWith("it runs"));
        assertThat(sweep.explain())
                .anyMatch(line ->
                        line.matches("ghost-1 holds 3 experiments and is silent; its lease ends in \\d+\\.\\d s,"
                                + " then others get them"));
        server.commands().zadd(claims + "leases", now - 100_000, "ghost#1");
        assertThat(sweep.explain()).anyMatch(line -> line.contains("its lease has ended"));
    }

    @Test
    void should_say_that_redis_is_full() {
        Sweep<?, ?> sweep = waiting(5);
        server.commands().configSet("maxmemory", "1mb");
        assertThat(sweep.explain()).anyMatch(line -> line.startsWith("Redis is full: raise its maxmemory"));
        server.commands().configSet("maxmemory", "0");
        assertThat(sweep.explain()).noneMatch(line -> line.contains("full"));
    }

    @Test
    void should_tell_the_end_of_a_sweep() {
        gate.failing = true;
        Sweep<?, ?> paused = jobmon.post(new Gate.FirstFailing())
                .attempts(1)
                .stopAfterFailures(1)
                .sweep(space(8));
        Sweep<?, ?> cancelled = jobmon.post(new Gate.Failing()).seed(3).sweep(space(4));
        cancelled.cancel();
        try (Worker worker = worker(1)) {
            await().until(() -> paused.progress().state() == SweepState.PAUSED);
            assertThat(paused.explain())
                    .singleElement()
                    .asString()
                    .startsWith("it is paused: ")
                    .contains("retryFailed()");
            gate.open.countDown();
            gate.failing = false;
            Sweep<?, ?> complete = jobmon.post(new Gate.Failing()).seed(4).sweep(space(4));
            complete.await();
            assertThat(complete.explain()).containsExactly("it is complete: 4 results");
        }
        assertThat(cancelled.explain()).containsExactly("it was cancelled, with 4 left; post it again to go on");
        jobmon.clean(cancelled.jobHash());
        assertThat(cancelled.explain()).singleElement().asString().contains("not in Redis any more");
    }

    @Test
    void should_clean_what_runs_only_when_told() {
        Sweep<?, ?> sweep = waiting(5);
        try (Worker worker = worker(1)) {
            started(1);
            assertThatThrownBy(() -> jobmon.clean(sweep.jobHash())).hasMessageContaining("CleanOption.RUNNING_TOO");
            assertThat(jobmon.jobs()).hasSize(1);
            jobmon.clean(sweep.jobHash(), CleanOption.RUNNING_TOO);
            assertThat(jobmon.jobs()).isEmpty();
            gate.open.countDown();
        }
        assertThat(server.commands().keys("jobmon:{" + sweep.id() + "}:*")).isEmpty();
    }

    @Test
    void should_remove_what_a_poster_left_when_the_results_are_elsewhere_too() {
        Sweep<?, ?> donor = donor();
        Sweep<?, ?> left = larger();
        String meta = "jobmon:{" + left.id() + "}:meta";
        assertThat(left.progress().done()).isEqualTo(2);
        // As if the poster had been killed on the way.
        server.commands().hset(meta, "state", "adopting");
        assertThat(jobmon.gcPreview().items()).as("it may go on").isEmpty();
        server.commands().hset(meta, "last", DAY_OLD);
        Map<String, String> before = server.content();

        GcReport preview = jobmon.gcPreview();

        assertThat(preview.items()).singleElement().satisfies(item -> {
            assertThat(item.kind()).isEqualTo(Kind.LEFTOVER);
            assertThat(item.id()).isEqualTo(left.id());
            assertThat(item.why()).contains("the 2 results");
        });
        assertThat(server.content()).as("nothing was touched").isEqualTo(before);
        assertThat(jobmon.gc().items()).isEqualTo(preview.items());
        assertThat(server.commands().keys("jobmon:{" + left.id() + "}:*")).isEmpty();
        assertThat(donor.results()).hasSize(2);
        assertThat(larger().progress().done()).as("taken over anew").isEqualTo(2);
    }

    @Test
    void should_keep_what_a_poster_left_when_the_results_are_nowhere_else() {
        Sweep<?, ?> donor = donor();
        Sweep<?, ?> left = larger();
        String meta = "jobmon:{" + left.id() + "}:meta";
        String posted = server.commands().hget(meta, "posted");
        server.commands().hset(meta, Map.of("state", "adopting", "last", DAY_OLD, "posted", DAY_OLD));
        assertThat(jobmon.gcPreview().items())
                .as("a donor that was posted after it is another one")
                .isEmpty();
        server.commands().hset(meta, "posted", posted);
        server.commands().hset("jobmon:{" + donor.id() + "}:meta", "state", "cleaning");
        assertThat(jobmon.gcPreview().items()).as("it is being deleted").isEmpty();
        ((SweepDetails) donor).delete();

        assertThat(jobmon.gc().items()).noneMatch(item -> item.kind() == Kind.LEFTOVER);
        assertThat(left.results()).hasSize(2);
    }

    /** A complete sweep of two results. */
    private Sweep<?, ?> donor() {
        Sweep<?, ?> sweep = jobmon.post(new Adding())
                .sweep(ParamSpace.grid().axis("a", 1, 2).axis("b", 1));
        try (Worker worker = jobmon.worker().job(new Adding()).start()) {
            sweep.await();
        }
        return sweep;
    }

    /** Takes over what {@link #donor} has, and is run by nobody. */
    private Sweep<?, ?> larger() {
        return jobmon.post(new Adding())
                .sweep(ParamSpace.grid().axis("a", 1, 2, 3).axis("b", 1));
    }

    @Test
    void should_remove_garbage_and_nothing_else() {
        Sweep<?, ?> garbage = jobmon.post(new Gate.Waiting()).requires("gpu").sweep(space(5));
        server.commands().hset("jobmon:jobs:times", garbage.jobHash(), DAY_OLD);
        Sweep<?, ?> kept = jobmon.post(new Gate.Failing()).sweep(space(2));
        try (Worker worker = worker(1)) {
            kept.await();
            assertThat(jobmon.gcPreview().items())
                    .as("a worker holds the code")
                    .noneMatch(item -> item.kind() == Kind.SWEEP);
        }
        server.commands().hset("jobmon:jobs:times", kept.jobHash(), DAY_OLD);
        Sweep<?, ?> fresh = jobmon.post(new Adding())
                .sweep(ParamSpace.grid().axis("a", 1, 2).axis("b", 1));
        server.commands().hset("jobmon:params:sources", "0123456789abcdef", "{}");
        server.commands().zadd("jobmon:workers:hbs", Double.parseDouble(DAY_OLD), "dead-1-0000");
        server.commands().hset("jobmon:workers:info", "dead-1-0000", "{}");
        Sweep<?, ?> claimed = jobmon.post(new Gate.Waiting()).seed(8).sweep(space(5));
        server.commands().hset("jobmon:{" + claimed.id() + "}:claims", "away#1", "99|away-1|R|3|2-5");
        server.commands().zadd("jobmon:{" + claimed.id() + "}:leases", 1, "away#1");
        Sweep<?, ?> begun = jobmon.post(new Gate.Waiting()).seed(9).sweep(space(5));
        server.commands().hset("jobmon:{" + begun.id() + "}:ckpt", "3", "{}");
        for (Sweep<?, ?> old : List.of(garbage, claimed, begun)) {
            server.commands().hset("jobmon:{" + old.id() + "}:meta", "last", DAY_OLD);
        }
        Sweep<?, ?> again = jobmon.post(new Gate.Waiting()).seed(10).sweep(space(5));
        server.commands().hset("jobmon:jobs:times", garbage.jobHash(), DAY_OLD);
        Map<String, String> before = server.content();

        GcReport preview = jobmon.gcPreview();

        assertThat(preview.items())
                .extracting(GcReport.Item::kind, GcReport.Item::id)
                .containsExactlyInAnyOrder(
                        tuple(Kind.SWEEP, garbage.id()),
                        tuple(Kind.ENTRY, "0123456789abcdef"),
                        tuple(Kind.WORKER, "dead-1-0000"));
        assertThat(preview.removed()).isFalse();
        assertThat(server.content()).as("nothing was touched").isEqualTo(before);

        GcReport report = jobmon.gc();

        assertThat(report.items()).isEqualTo(preview.items());
        assertThat(report.toString()).startsWith("Removed:\n");
        assertThat(jobmon.gc()).hasToString("There is no garbage.");
        assertThat(jobmon.jobs())
                .extracting(JobStatus::hash)
                .containsExactlyInAnyOrder(kept.jobHash(), fresh.jobHash(), garbage.jobHash());
        assertThat(jobmon.jobs().stream().flatMap(job -> job.sweeps().stream()).map(JobStatus.SweepStatus::id))
                .as("a lease that has expired, a checkpoint, a late post")
                .contains(claimed.id(), begun.id(), again.id());
        assertThat(kept.results()).hasSize(2);
        assertThat(server.commands().keys("jobmon:{" + garbage.id() + "}:*")).isEmpty();
    }
}

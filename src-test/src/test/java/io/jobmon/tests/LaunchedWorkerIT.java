package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Axis;
import io.jobmon.LogLine;
import io.jobmon.Monitor;
import io.jobmon.ParamSpace;
import io.jobmon.Sweep;
import io.jobmon.WorkerStatus;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.QueueServer;
import io.jobmon.tests.Moody.Mood;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workers in JVMs of their own, as a launcher starts, stops and kills them. */
class LaunchedWorkerIT extends FaultCase {

    private QueueServer there;
    private Queue queue;

    @BeforeEach
    void connect() {
        there = QueueServer.at(server.uri(), "jobmon", HEARTBEAT.multipliedBy(4));
        queue = there.lane(Duration.ofSeconds(5));
    }

    @AfterEach
    void disconnect() {
        queue.close();
        there.close();
    }

    private Forks.Fork launch(String place, String... more) throws Exception {
        Path file = Files.createTempFile(folder, "redis-", ".uri");
        Files.writeString(file, server.uri() + "\n");
        Map<String, String> variables = new HashMap<>(Map.of(
                "JOBMON_REDIS_FILE", file.toString(),
                "JOBMON_REDIS_ONCE", "true",
                "JOBMON_SLOTS", "2",
                "JOBMON_TAGS", "big",
                "JOBMON_HEARTBEAT", HEARTBEAT.toString(),
                "JOBMON_LAUNCH", "launch-1",
                "JOBMON_PLACE", place));
        for (int k = 0; k < more.length; k += 2) {
            variables.put(more[k], more[k + 1]);
        }
        Forks.Fork worker = forks.start(EnvironmentWorkerMain.class, variables);
        until().alias(worker.output()).until(() -> !Files.exists(file));
        return worker;
    }

    private Sweep<?, ?> asleep(int size) {
        return jobmon.post(new Moody())
                .attempts(1)
                .sweep(ParamSpace.grid().axis("mood", Mood.SLEEPY).axis("i", Axis.range(1, size, 1)));
    }

    private List<WorkerStatus> at(String place) {
        return jobmon.net().stream()
                .filter(worker -> worker.place().equals(place))
                .toList();
    }

    private void nothingWasCounted(Sweep<?, ?> sweep) {
        assertThat((long) server.ask(redis -> redis.exists(key(sweep, "att"), key(sweep, "lost"), key(sweep, "dead"))))
                .as("attempts, losses, dead letters")
                .isZero();
    }

    @Test
    void should_tell_those_who_listen_and_a_syslog_server_what_its_jvm_logs() throws Exception {
        List<LogLine> heard = new CopyOnWriteArrayList<>();
        try (DatagramSocket syslog = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Monitor monitor = jobmon.monitor().onLine(heard::add)) {
            launch("node7", "JOBMON_SYSLOG", "udp://127.0.0.1:" + syslog.getLocalPort());
            Sweep<?, ?> sweep = jobmon.post(new Talking())
                    .sweep(ParamSpace.grid().axis("say", "launched").axis("x", 1));
            until().until(() -> sweep.progress().complete());
            until().untilAsserted(() ->
                    assertThat(heard).anySatisfy(line -> assertThat(line.text()).isEqualTo("launched logs 1")));
            LogLine line = heard.stream()
                    .filter(each -> each.text().equals("launched logs 1"))
                    .findFirst()
                    .orElseThrow();
            assertThat(line.experiment()).isEqualTo(sweep.id() + "-0");
            byte[] datagram = new byte[10_000];
            DatagramPacket packet = new DatagramPacket(datagram, datagram.length);
            syslog.setSoTimeout(20_000);
            String message;
            do {
                syslog.receive(packet);
                message = new String(datagram, 0, packet.getLength(), StandardCharsets.UTF_8);
            } while (!message.endsWith("launched logs 1"));
            assertThat(message)
                    .startsWith("<12>1 ")
                    .contains("[jobmon@32473 experiment=\"" + line.experiment() + "\" job=\"Talking\" worker=\""
                            + line.worker() + "\"");
        }
    }

    @Test
    void should_show_where_it_runs_and_what() throws Exception {
        Forks.Fork worker = launch("me@node1");
        awaitWorkers(1);
        assertThat(at("me@node1").get(0).job()).contains("Adding", "Moody", "Sampling");
        Sweep<?, ?> sweep = asleep(3);
        awaitClaim(sweep, worker);
        until().until(() -> at("me@node1").get(0).job().equals("Moody"));

        WorkerStatus status = at("me@node1").get(0);

        assertThat(status.pid()).isEqualTo(worker.pid());
        assertThat(status.slots()).isEqualTo(2);
        assertThat(status.status()).isEqualTo("working");
        assertThat(status.launch()).isEqualTo("launch-1");
        assertThat(status.tags()).containsExactly("big");
        assertThat(status.rate()).isZero();
        assertThat(status.failures()).isZero();
        assertThat(status.toString())
                .matches(status.id() + " on me@node1: working( for \\d+ s)?, 2 slots, Moody, 0.00/s, since .*");
        sweep.cancel();
        Sweep<?, ?> quick = jobmon.post(new Sampling()).sweep(samples(2));
        complete(quick);
        until().until(() -> at("me@node1").get(0).rate() > 0);
        assertThat(quick.results()).allMatch(result -> result.worker().equals(status.id()));
    }

    @Test
    void should_count_failures_when_attempts_fail() throws Exception {
        launch("here");
        Sweep<?, ?> sweep = jobmon.post(new Moody())
                .attempts(1)
                .sweep(ParamSpace.grid().axis("mood", Mood.CLUMSY).axis("i", Axis.range(1, 5, 1)));
        complete(sweep);
        until().until(() -> at("here").get(0).failures() == 5);
    }

    @Test
    void should_end_by_itself_when_it_has_had_nothing_to_do() throws Exception {
        Sweep<?, ?> sweep = jobmon.post(new Sampling()).sweep(samples(40));

        Forks.Fork worker = launch("here", "JOBMON_IDLE", "PT2S");

        assertThat(worker.exitCode()).as(worker.output()).isZero();
        assertThat(jobmon.net()).isEmpty();
        complete(sweep);
    }

    @Test
    void should_end_by_itself_when_redis_does_not_come_back() throws Exception {
        Sweep<?, ?> sweep = jobmon.post(new Sampling())
                .sweep(ParamSpace.grid().axis("i", 1, 2).axis("millis", 3000));
        Forks.Fork worker = launch("here", "JOBMON_IDLE", "PT2S");
        awaitClaim(sweep, worker);

        server.kill();

        assertThat(worker.exitCode()).as(worker.output()).isZero();
        assertThat(worker.output()).contains("Redis was away when the worker stopped");
        server.restart();
    }

    @Test
    void should_let_what_runs_end_when_its_place_is_stopped_with_a_grace() throws Exception {
        Sweep<?, ?> sweep = jobmon.post(new Sampling())
                .sweep(ParamSpace.grid().axis("i", Axis.range(0, 9, 1)).axis("millis", 4000));
        Forks.Fork here = launch("here");
        Forks.Fork elsewhere = launch("elsewhere");
        awaitClaim(sweep, here);
        awaitClaim(sweep, elsewhere);

        queue.board().stop("here", Duration.ofMinutes(1));

        assertThat(here.exitCode()).as(here.output()).isZero();
        assertThat(at("here")).isEmpty();
        assertThat(at("elsewhere")).hasSize(1);
        assertThat(claims(sweep, here)).isEmpty();
        complete(sweep);
        assertThat(Executions.total()).as("none was broken off").isEqualTo(10);
    }

    @Test
    void should_break_off_what_runs_when_its_grace_is_cut_short() throws Exception {
        Sweep<?, ?> sweep = asleep(4);
        Forks.Fork worker = launch("here");
        awaitClaim(sweep, worker);
        queue.board().stop("here", Duration.ofHours(1));
        until().until(() -> at("here").get(0).status().equals("stopping"));
        assertThat(claims(sweep, worker)).isNotEmpty();

        queue.board().stop(at("here").get(0).id(), Duration.ZERO);

        assertThat(worker.exitCode()).as(worker.output()).isZero();
        assertThat(claims(sweep, worker)).isEmpty();
        nothingWasCounted(sweep);
    }

    @Test
    void should_go_at_once_when_a_signal_comes_amid_its_grace() throws Exception {
        Sweep<?, ?> sweep = asleep(4);
        Forks.Fork worker = launch("here");
        awaitClaim(sweep, worker);
        queue.board().stop("here", Duration.ofHours(1));
        until().until(() -> at("here").get(0).status().equals("stopping"));

        worker.signal("TERM");

        assertThat(worker.exitCode()).as(worker.output()).isEqualTo(143);
        assertThat(jobmon.net()).isEmpty();
        assertThat(claims(sweep, worker)).isEmpty();
        nothingWasCounted(sweep);
    }

    @Test
    void should_hand_over_at_once_when_it_was_killed_and_is_forgotten() throws Exception {
        Sweep<?, ?> sweep = asleep(2);
        Forks.Fork worker = launch("here", "JOBMON_HEARTBEAT", "PT1M");
        awaitClaim(sweep, worker);
        until().until(() -> claims(sweep, worker).size() == 2);
        // It beats once a minute, so that its leases do not end during the test.
        Set<String> ids = queue.board().alive(Duration.ofMinutes(10)).keySet();
        assertThat(ids).hasSize(1);
        worker.kill();
        assertThat(claims(sweep, worker)).hasSize(2);

        assertThat(queue.forget(ids)).isEqualTo(2);

        assertThat(queue.board().alive(Duration.ofMinutes(10))).isEmpty();
        assertThat(claims(sweep, worker)).isEmpty();
        nothingWasCounted(sweep);
        Moody.morning();
        launch("there");
        complete(sweep);
        new Oracle(server).check(sweep);
    }

    @Test
    void should_be_gone_before_it_is_killed_when_its_allocation_ends() throws Exception {
        Sweep<?, ?> sweep = asleep(4);
        Instant end = Instant.now().plusSeconds(25);
        Forks.Fork worker = launch("here", "SLURM_JOB_END_TIME", Long.toString(end.getEpochSecond()));
        awaitClaim(sweep, worker);

        assertThat(worker.exitCode()).as(worker.output()).isZero();
        assertThat(jobmon.net()).isEmpty();
        assertThat(claims(sweep, worker)).isEmpty();
        nothingWasCounted(sweep);
        Moody.morning();
        launch("there");
        complete(sweep);
    }
}

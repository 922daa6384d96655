package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.jobmon.Axis;
import io.jobmon.CommandJob;
import io.jobmon.Isolation;
import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.JobMonOptions;
import io.jobmon.LogLine;
import io.jobmon.Monitor;
import io.jobmon.ParamSpace;
import io.jobmon.ProgressLine;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** What workers say while they run, and what becomes of those who listen. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class MonitorTest {

    private static final Pattern ADDRESS =
            Pattern.compile("\"endpoint\":\"tcp://127\\.0\\.0\\.1:(\\d+)\",\"key\":\"([^\"]+)\"|"
                    + "\"key\":\"([^\"]+)\",\"endpoint\":\"tcp://127\\.0\\.0\\.1:(\\d+)\"");

    private final Queue<LogLine> lines = new ConcurrentLinkedQueue<>();
    private final Queue<ProgressLine> progress = new ConcurrentLinkedQueue<>();
    private OwnRedis server;
    private JobMon jobmon;

    @BeforeEach
    void open() {
        server = OwnRedis.start();
        jobmon = JobMon.connect(JobMonOptions.redis(server.uri()).heartbeat(Duration.ofMillis(200)));
    }

    @AfterEach
    void close() {
        jobmon.close();
        server.close();
    }

    private Worker worker() {
        return jobmon.worker().job(new Talking()).slots(2).start();
    }

    private Monitor monitor() {
        return jobmon.monitor().onLine(lines::add).onProgress(progress::add);
    }

    private Sweep<Talking.Params, Integer> sweep(String say, int n) {
        return jobmon.post(new Talking())
                .sweep(ParamSpace.grid().axis("say", say).axis("x", Axis.range(1, n, 1)));
    }

    private List<LogLine> said(String text) {
        return lines.stream().filter(line -> line.text().contains(text)).toList();
    }

    @Test
    void should_tell_what_a_slot_logs_and_how_far_it_is() {
        try (Worker worker = worker();
                Monitor monitor = monitor()) {
            Sweep<?, ?> sweep = sweep("hello", 3);
            sweep.await();
            await().untilAsserted(() -> assertThat(said("hello logs"))
                    .extracting(LogLine::level, LogLine::worker, LogLine::job, LogLine::experiment, LogLine::text)
                    .containsExactlyInAnyOrder(
                            tuple("WARN", worker.id(), "Talking", sweep.id() + "-0", "hello logs 1"),
                            tuple("WARN", worker.id(), "Talking", sweep.id() + "-1", "hello logs 2"),
                            tuple("WARN", worker.id(), "Talking", sweep.id() + "-2", "hello logs 3")));
            assertThat(said("hello logs").get(0).host())
                    .isEqualTo(jobmon.net().get(0).host());
            await().untilAsserted(() -> assertThat(progress).hasSize(6));
            assertThat(progress)
                    .filteredOn(line -> line.experiment().equals(sweep.id() + "-1"))
                    .extracting(ProgressLine::progress)
                    .containsExactly(0.25, 1.0);
            assertThat(monitor.lost()).isZero();
        }
    }

    @Test
    void should_tell_what_a_child_prints() {
        try (Worker worker = worker();
                Monitor monitor = monitor()) {
            Sweep<?, ?> sweep = jobmon.post(new Talking())
                    .isolation(Isolation.PROCESS)
                    .sweep(ParamSpace.grid().axis("say", "child").axis("x", 1, 2));
            sweep.await();
            for (int x = 1; x <= 2; x++) {
                String experiment = sweep.id() + "-" + (x - 1);
                String printed = "child prints " + x;
                String complained = "child complains " + x;
                await().untilAsserted(() -> {
                    assertThat(said(printed))
                            .extracting(LogLine::level, LogLine::job, LogLine::experiment, LogLine::text)
                            .containsExactly(tuple("STDOUT", "Talking", experiment, printed));
                    assertThat(said(complained))
                            .extracting(LogLine::level, LogLine::experiment, LogLine::text)
                            .containsExactly(tuple("STDERR", experiment, complained));
                });
            }
            // What is said at the very end of an experiment may come too late.
            await().untilAsserted(() -> assertThat(progress)
                    .extracting(ProgressLine::experiment, ProgressLine::progress)
                    .contains(tuple(sweep.id() + "-0", 0.25)));
        }
    }

    @Test
    void should_tell_what_a_program_complains_of() {
        CommandJob<Map<String, Object>> job =
                CommandJob.of("complaining", "sh", "-c", "echo one >&2; printf two >&2; echo '{{\"a\": 1}}'");
        try (Worker worker = jobmon.worker().job(job).start();
                Monitor monitor = monitor()) {
            Sweep<?, ?> sweep = jobmon.post(job).sweep("k", 1);
            sweep.await();
            await().untilAsserted(() -> assertThat(lines)
                    .filteredOn(line -> line.level().equals("STDERR"))
                    .extracting(LogLine::job, LogLine::experiment, LogLine::text)
                    .containsExactly(
                            tuple("complaining", sweep.id() + "-0", "one"),
                            tuple("complaining", sweep.id() + "-0", "two")));
        }
    }

    @Test
    void should_tell_of_workers_that_start_later_and_of_what_was_thrown() {
        try (Monitor monitor = monitor();
                Worker worker = worker()) {
            sweep("thrown", 1).await();
            await().untilAsserted(() -> assertThat(said("caught"))
                    .singleElement()
                    .satisfies(line -> {
                        assertThat(line.level()).isEqualTo("ERROR");
                        assertThat(line.text())
                                .startsWith(
                                        "caught\njava.lang.IllegalStateException: as planned\n\tat io.jobmon.tests.Talking");
                        assertThat(line.worker()).isEqualTo(worker.id());
                    }));
        }
    }

    @Test
    void should_tell_all_who_listen_until_they_close() {
        Queue<LogLine> others = new ConcurrentLinkedQueue<>();
        try (Worker worker = worker();
                Monitor monitor = monitor()) {
            Monitor other = jobmon.monitor().onLine(others::add);
            sweep("both", 1).await();
            await().untilAsserted(() -> {
                assertThat(said("both logs")).hasSize(1);
                assertThat(others).anyMatch(line -> line.text().equals("both logs 1"));
            });
            other.close();
            other.close();
            assertThat(server.commands().hlen("jobmon:monitors")).isEqualTo(1);
            sweep("one", 1).await();
            await().untilAsserted(() -> assertThat(said("one logs")).hasSize(1));
            assertThat(others).noneMatch(line -> line.text().contains("one"));
        }
        assertThat(server.commands().hlen("jobmon:monitors")).isZero();
    }

    @Test
    void should_go_on_when_a_consumer_fails() {
        try (Worker worker = worker();
                Monitor monitor = jobmon.monitor().onLine(line -> {
                    throw new IllegalStateException("no line for me");
                })) {
            monitor.onLine(lines::add);
            sweep("still", 2).await();
            await().untilAsserted(() -> assertThat(said("still logs")).hasSize(2));
        }
        assertThatThrownBy(() -> jobmon.monitor().onLine(null)).isInstanceOf(JobMonException.class);
    }

    @Test
    void should_leave_lines_out_and_count_them_when_a_consumer_is_slow() {
        CountDownLatch open = new CountDownLatch(1);
        try (Worker worker = worker();
                Monitor monitor = jobmon.monitor().onProgress(line -> {
                    try {
                        open.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    progress.add(line);
                })) {
            int n = 1000;
            Sweep<?, ?> sweep = sweep("steps", n);
            sweep.await();
            assertThat(sweep.progress().done()).isEqualTo(n);
            open.countDown();
            await().untilAsserted(
                            () -> assertThat(progress.size() + monitor.lost()).isEqualTo((long) n * Talking.STEPS));
            assertThat(monitor.lost()).isPositive();
        }
    }

    /** One handshake in thirty fails in JeroMQ 0.6.0. */
    @Test
    void should_reach_every_one_of_many_listeners() {
        try (Worker worker = worker()) {
            List<Queue<LogLine>> all = new ArrayList<>();
            for (int k = 0; k < 25; k++) {
                Queue<LogLine> heard = new ConcurrentLinkedQueue<>();
                all.add(heard);
                jobmon.monitor().onLine(heard::add);
            }
            sweep("many", 1).await();
            await().untilAsserted(() -> assertThat(all)
                    .allSatisfy(
                            heard -> assertThat(heard).extracting(LogLine::text).contains("many logs 1")));
        }
    }

    @Test
    void should_let_in_nobody_but_workers() throws IOException {
        try (Worker worker = worker();
                Monitor monitor = monitor()) {
            String entry = server.commands()
                    .hgetall("jobmon:monitors")
                    .values()
                    .iterator()
                    .next();
            Matcher address = ADDRESS.matcher(entry);
            assertThat(address.find()).as(entry).isTrue();
            int port = Integer.parseInt(address.group(1) == null ? address.group(4) : address.group(1));
            String key = address.group(2) == null ? address.group(3) : address.group(2);
            Random random = new Random(7);
            for (int k = 0; k < 50; k++) {
                try (Socket stranger = new Socket()) {
                    stranger.connect(new InetSocketAddress("127.0.0.1", port), 1000);
                    byte[] noise = new byte[k * 40];
                    random.nextBytes(noise);
                    if (k % 3 == 1) {
                        stranger.getOutputStream().write(noise);
                    } else if (k % 3 == 2) {
                        // A ZeroMQ greeting that asks for no security, then noise.
                        byte[] greeting = new byte[64];
                        greeting[0] = (byte) 0xff;
                        greeting[9] = 0x7f;
                        greeting[10] = 3;
                        System.arraycopy("NULL".getBytes(StandardCharsets.US_ASCII), 0, greeting, 12, 4);
                        stranger.getOutputStream().write(greeting);
                        stranger.getOutputStream().write(noise);
                    }
                } catch (IOException e) {
                    assertThat(e).as("it may hang up").hasMessageNotContaining("refused");
                }
            }
            byte[] head = "{\"worker\":\"forged\",\"host\":\"h\",\"total\":1}".getBytes(StandardCharsets.UTF_8);
            byte[] body = deflated("{\"lines\":[[1,\"INFO\",\"j\",\"e\",\"forged line\"]],\"progress\":[]}");
            List<ZMQ.Socket> strangers = new ArrayList<>();
            try (ZContext context = new ZContext(1)) {
                context.setLinger(0);
                for (boolean secured : List.of(true, false)) {
                    ZMQ.Socket stranger = context.createSocket(SocketType.DEALER);
                    stranger.setLinger(0);
                    if (secured) {
                        ZMQ.Curve.KeyPair own = ZMQ.Curve.generateKeyPair();
                        stranger.setCurvePublicKey(own.publicKey.getBytes(StandardCharsets.US_ASCII));
                        stranger.setCurveSecretKey(own.secretKey.getBytes(StandardCharsets.US_ASCII));
                        stranger.setCurveServerKey(key.getBytes(StandardCharsets.US_ASCII));
                    }
                    stranger.connect("tcp://127.0.0.1:" + port);
                    stranger.send(head, ZMQ.SNDMORE);
                    stranger.send(body);
                    strangers.add(stranger);
                }
                // Enough for a handshake, and the strangers were first.
                for (int k = 1; k <= 5; k++) {
                    int number = k;
                    sweep("honest" + k, 1).await();
                    await().untilAsserted(() ->
                            assertThat(said("honest" + number + " logs")).hasSize(1));
                }
                assertThat(strangers).hasSize(2);
            }
            assertThat(said("forged")).isEmpty();
        }
    }

    private static byte[] deflated(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(out)) {
            deflate.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    @Test
    void should_be_closed_with_its_jobmon() {
        Monitor monitor = monitor();
        jobmon.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("jobmon-monitor"));
        monitor.close();
        assertThatThrownBy(() -> jobmon.monitor()).isInstanceOf(JobMonException.class);
    }
}

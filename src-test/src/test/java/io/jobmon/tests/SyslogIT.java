package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobmon.Axis;
import io.jobmon.Isolation;
import io.jobmon.JobMon;
import io.jobmon.JobMonOptions;
import io.jobmon.ParamSpace;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against rsyslogd: {@code src-test/hosts/rsyslog start DIR} first, then {@code -Dit.test=SyslogIT -Djobmon.rsyslog=DIR}. Not part
 * of a plain build.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SyslogIT {

    private static final Path RSYSLOG = Path.of(System.getProperty("jobmon.rsyslog", "none"));

    private OwnRedis server;
    private JobMon jobmon;

    static Stream<String> addresses() throws IOException {
        return Files.readAllLines(RSYSLOG.resolve("addresses")).stream();
    }

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

    private static List<String> received(String text) throws IOException {
        return Files.readAllLines(RSYSLOG.resolve("received")).stream()
                .filter(line -> line.contains(text))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void should_arrive_with_structured_data(String address) {
        String input = address.substring(0, 3);
        String say = "grüße \"" + input + "\" ]" + System.nanoTime();
        try (Worker worker =
                jobmon.worker().job(new Talking()).syslog(address).slots(1).start()) {
            Sweep<?, ?> sweep = jobmon.post(new Talking())
                    .sweep(ParamSpace.grid().axis("say", say).axis("x", Axis.range(1, 5, 1)));
            sweep.await();
            String host = worker.id().substring(0, worker.id().indexOf('-'));
            for (int x = 1; x <= 5; x++) {
                String text = say + " logs " + x;
                String whole = input + " 1 warning " + host + " jobmon "
                        + ProcessHandle.current().pid() + " log [jobmon@32473 experiment=\"" + sweep.id() + "-"
                        + (x - 1) + "\" job=\"Talking\" worker=\"" + worker.id() + "\" host=\"" + host + "\"] " + text;
                await().untilAsserted(() -> assertThat(received(text)).containsExactly(whole));
            }
            Sweep<?, ?> isolated = jobmon.post(new Talking())
                    .isolation(Isolation.PROCESS)
                    .seed(3)
                    .sweep(ParamSpace.grid().axis("say", say).axis("x", 1));
            isolated.await();
            await().untilAsserted(() -> assertThat(received(say + " complains 1"))
                    .singleElement()
                    .asString()
                    .contains(" info ", " stderr [jobmon@32473 experiment=\"" + isolated.id() + "-0\" "));
            await().untilAsserted(() -> assertThat(received(say + " prints 1"))
                    .singleElement()
                    .asString()
                    .contains(" stdout [jobmon@32473 experiment=\"" + isolated.id() + "-0\" "));
        }
    }
}

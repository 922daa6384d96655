package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Fleet;
import io.jobmon.Host;
import io.jobmon.LocalHost;
import io.jobmon.spi.ConfiguredHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** Hosts that are folders of this machine. Whatever a test leaves running is stopped. */
abstract class FleetCase extends FaultCase {

    private final List<Fleet> fleets = new ArrayList<>();

    ConfiguredHost<?> host(String name) {
        return LocalHost.slots(2)
                .name(name)
                .workdir(folder.resolve(name).toString())
                .jvmOptions(workerOptions());
    }

    String[] workerOptions() {
        return new String[] {"-D" + Executions.FOLDER + "=" + folder, "-Xmx256m"};
    }

    Fleet.Builder fleet() {
        return jobmon.fleet()
                .main(FleetWorkerMain.class)
                .idle(Duration.ofMinutes(2))
                .grace(Duration.ofSeconds(2));
    }

    Fleet fleet(Host... hosts) {
        Fleet.Builder builder = fleet();
        for (Host host : hosts) {
            builder.host(host);
        }
        return kept(builder.build());
    }

    Fleet kept(Fleet fleet) {
        fleets.add(fleet);
        return fleet;
    }

    @AfterEach
    void stopAll() {
        fleets.forEach(Fleet::stop);
    }

    List<Long> pids(Fleet fleet) {
        return fleet.status().stream()
                .flatMap(status -> status.workers().stream())
                .filter(worker -> worker.running())
                .map(worker -> worker.pid())
                .toList();
    }

    /** What lies in a host's work folder, but for bundles, data and logs. */
    static List<String> remains(Path work) throws IOException {
        List<String> remains = new ArrayList<>();
        for (String part : List.of("launches", "incoming")) {
            try (Stream<Path> all = Files.walk(work.resolve(part))) {
                all.filter(Files::isRegularFile).map(Path::toString).forEach(remains::add);
            }
        }
        return remains;
    }

    void nothingIsLeft(List<Long> pids, Path... works) throws IOException {
        assertThat(pids).noneMatch(Forks::lives);
        for (Path work : works) {
            assertThat(remains(work)).isEmpty();
        }
        assertThat((long) server.ask(redis -> redis.zcard("jobmon:workers:hbs")))
                .isZero();
    }
}

package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.JobMon;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import io.jobmon.spi.Engine;
import io.jobmon.spi.Head;
import io.jobmon.spi.Heads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A head in a folder of the test's own, which is ended whatever happens. */
@Timeout(120)
abstract class HeadCase {

    static final Duration GRACE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    final Heads heads = Engine.find().heads();
    Path state;
    Forks forks;

    @BeforeEach
    void begin() {
        Executions.in(folder);
        forks = new Forks(folder);
        state = folder.resolve("state");
    }

    @AfterEach
    void end() throws IOException {
        forks.close();
        if (Files.isRegularFile(state.resolve("head")) && heads.find(state).isPresent()) {
            heads.kill(state, GRACE);
        }
    }

    Head spawned(String... listen) throws IOException {
        String[] arguments =
                listen.length == 0 ? new String[] {state.toString()} : new String[] {state.toString(), listen[0]};
        Forks.Fork program = forks.start(SpawnMain.class, Map.of("JOBMON_REDIS", "redis://elsewhere"), arguments);
        assertThat(program.exitCode()).as(program.output()).isZero();
        Head head = heads.find(state).orElseThrow();
        assertThat(program.output()).contains("head " + head.pid());
        return head;
    }

    long server() throws IOException {
        return Long.parseLong(Files.readAllLines(state.resolve("server")).get(0));
    }

    static void store(Head head, int to) {
        try (JobMon jobmon = JobMon.connect(head.uri());
                Worker worker = jobmon.worker().job(new Sampling()).slots(2).start()) {
            Sweep<?, ?> sweep = jobmon.post(new Sampling()).seed(7).sweep(FaultCase.samples(to));
            sweep.await();
            assertThat(worker.id()).isNotBlank();
            assertThat(sweep.progress().done()).isEqualTo(5L * to);
        }
    }

    static long kept(Head head) {
        try (JobMon jobmon = JobMon.connect(head.uri())) {
            return jobmon.jobs().stream()
                    .flatMap(job -> job.sweeps().stream())
                    .mapToLong(sweep -> sweep.done())
                    .sum();
        }
    }
}

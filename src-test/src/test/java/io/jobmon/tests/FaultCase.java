package io.jobmon.tests;

import io.jobmon.Axis;
import io.jobmon.JobMon;
import io.jobmon.JobMonOptions;
import io.jobmon.ParamSpace;
import io.jobmon.Sweep;
import io.jobmon.SweepState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server, a poster in this JVM, and room for workers in others. The lease is 0.8 s. */
@Timeout(120)
abstract class FaultCase {

    static final Duration HEARTBEAT = Duration.ofMillis(200);
    static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    TestServer server;
    Forks forks;
    JobMon jobmon;

    @BeforeEach
    void begin() throws Exception {
        Executions.in(folder);
        server = server();
        forks = new Forks(folder);
        jobmon = JobMon.connect(options());
    }

    TestServer server() throws IOException {
        return TestServer.forgetful(folder);
    }

    JobMonOptions options() {
        return JobMonOptions.redis(server.uri()).heartbeat(HEARTBEAT);
    }

    @AfterEach
    void end() {
        jobmon.close();
        forks.close();
        server.close();
    }

    static ConditionFactory until() {
        return Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(20));
    }

    void complete(Sweep<?, ?> sweep) {
        until().alias(forks.output()).until(() -> sweep.progress().state() == SweepState.COMPLETE);
    }

    String csv(Sweep<?, ?> sweep) throws IOException {
        Path file = Files.createTempFile(folder, "results", ".csv");
        sweep.results().writeCsv(file);
        return Files.readString(file);
    }

    /** Experiments of 1 to 5 ms, five for each i. */
    static ParamSpace samples(int is) {
        return ParamSpace.grid().axis("i", Axis.range(0, is - 1, 1)).axis("millis", Axis.range(1, 5, 1));
    }

    /** What a sweep over samples gives when nothing happens to it. */
    String undisturbed(int is) throws IOException {
        try (JobMon alone = JobMon.local(8)) {
            Sweep<?, ?> sweep = alone.post(new Sampling()).seed(7).sweep(samples(is));
            sweep.await();
            return csv(sweep);
        }
    }

    static String key(Sweep<?, ?> sweep, String name) {
        return "jobmon:{" + sweep.id() + "}:" + name;
    }

    /** What a fork holds: epoch|worker|kind|n|data. */
    List<String> claims(Sweep<?, ?> sweep, Forks.Fork fork) {
        return server.ask(redis -> redis.hvals(key(sweep, "claims"))).stream()
                .filter(claim -> claim.contains("-" + fork.pid() + "-"))
                .toList();
    }

    void awaitWorkers(long number) {
        until().alias(forks.output()).until(() -> server.ask(redis -> redis.zcard("jobmon:workers:hbs")) == number);
    }

    void awaitClaim(Sweep<?, ?> sweep, Forks.Fork fork) {
        until().alias("a claim of " + fork.pid())
                .until(() -> !claims(sweep, fork).isEmpty());
    }
}

package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program of the user's own, with the commands in its main: its own jobs, on hosts too. */
@Timeout(180)
class CliMainIT {

    @TempDir
    private Path folder;

    private Forks forks;
    private OwnRedis redis;
    private Path yaml;

    @BeforeEach
    void begin() throws IOException {
        Executions.in(folder);
        forks = new Forks(folder);
        redis = OwnRedis.start();
        yaml = folder.resolve("hosts.yaml");
        Files.writeString(yaml, """
                hosts:
                  here: { local: true, slots: 2, workdir: WORK, jvm: [-Xmx128m, -DEXECUTIONS] }
                """.replace("WORK", folder.resolve("work").toString())
                .replace("EXECUTIONS", Executions.FOLDER + "=" + folder));
    }

    @AfterEach
    void end() throws IOException {
        ran("kill", "--file", yaml.toString());
        forks.close();
        redis.close();
    }

    private Forks.Fork ran(String... args) throws IOException {
        Forks.Fork fork = forks.start(CliMain.class, Map.of("JOBMON_REDIS", redis.uri()), args);
        fork.exitCode();
        return fork;
    }

    private String ok(String... args) throws IOException {
        Forks.Fork fork = ran(args);
        assertThat(fork.exitCode()).as(fork.output()).isZero();
        return fork.output();
    }

    @Test
    void should_be_its_own_worker_when_launched_on_a_host() throws IOException {
        assertThat(ok("--help")).contains("CliMain COMMAND");
        ok("sync", "--file", yaml.toString());
        ok("launch", "--file", yaml.toString());
        await().atMost(Duration.ofSeconds(60)).until(() -> ok("net").contains("Sampling"));

        ok("postsweep", "Sampling", "i=1..4", "millis=1", "--replicates", "3", "--wait");

        assertThat(ok("results", "--summary")).contains("mean");
        assertThat(ok("results", "--csv", "-")).contains("index,i,millis,replicate,seed,mean,text");
        assertThat(ok("replay", "Sampling", "2"))
                .containsPattern("(?m)^\\{\"seed\":-?\\d+,\"mean\":[-.0-9E]+,\"text\":\"");
    }
}

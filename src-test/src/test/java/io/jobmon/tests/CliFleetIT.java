package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobmon.cli.JmRun;
import io.jobmon.cli.JmRun.Said;
import io.jobmon.ssh.SshMachines;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The commands on hosts: one is this machine, one is reached over SSH. */
@Timeout(180)
class CliFleetIT extends CliCase {

    private OwnRedis redis;
    private SshMachines machines;

    @BeforeEach
    void hosts() throws IOException {
        redis = OwnRedis.start();
        redis(redis.uri());
        machines = new SshMachines(folder);
        assertThat(machines.host("far")).isNotNull();
        yaml("""
                defaults: { jvm: [-Xmx128m], slots: 1 }
                hosts:
                  near: { local: true, workdir: DIR/near }
                  far: { ssh: far, config: DIR/config, workdir: DIR/far }
                """.replace("DIR", folder.toString()));
    }

    @AfterEach
    void stop() {
        jm("kill");
        machines.close();
        redis.close();
    }

    @Test
    void should_sync_launch_and_stop_when_hosts_are_in_the_file() throws IOException {
        assertThat(refused(1, "launch", "near")).contains("sync");
        assertThat(refused(1, "sync", "nowhere")).contains("nowhere", "near", "far");

        assertThat(ok("sync")).contains("Synchronised all hosts");
        assertThat(ok("qsync", "far")).contains("Synchronised far");
        assertThat(ok("launch")).contains("Launched workers on all hosts");

        await().atMost(Duration.ofSeconds(60)).until(() -> ok("net").lines().count() == 3);
        assertThat(ok("net")).contains("near", "far");
        assertThat(ok("postsweep", "doubling", "x=1..6", "--replicates", "4", "--wait"))
                .isNotBlank();
        assertThat(ok("results", "--summary").lines()).hasSize(7);
        assertThat(ok("results", "--json")).contains("\"worker\":\"");
        assertThat(ok("logs", "far")).startsWith("far: ").doesNotContain("near: ");
        assertThat(ok("logs", "--json")).startsWith("{\"hosts\":{\"near\":[");
        JmRun.Going listening =
                JmRun.begin(folder, environment, List.of(), "logs", "-f", "--for", "15s", "--json", "near", "far");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> listening.said().err().contains("Listening"));
        // It listens when the workers have connected, so that this is heard for certain.
        ok("postsweep", "doubling", "x=13", "--seed", "2");
        Said lines = listening.end();
        assertThat(lines.code()).as(lines.err()).isZero();
        assertThat(lines.out()).contains("\"level\":\"STDERR\"", "\"job\":\"doubling\"", "13 is bad luck");

        assertThat(ok("gc", "--json")).contains("\"unreached\":[]");

        assertThat(ok("kill", "far")).contains("Stopped the workers on far");
        assertThat(ok("net")).contains("near").doesNotContain(" far ");
        assertThat(ok("kill")).contains("Stopped the workers on all hosts");
        assertThat(jm("net").err()).contains("No worker is alive");
        assertThat(FleetCase.remains(folder.resolve("far"))).isEmpty();
        assertThat(Files.exists(folder.resolve("far/launches"))).isTrue();
    }
}

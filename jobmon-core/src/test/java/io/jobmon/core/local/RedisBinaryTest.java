package io.jobmon.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisBinaryTest {

    @TempDir
    Path folder;

    @Test
    void should_prefer_the_machines_server_when_it_is_recent_enough() throws IOException {
        Path old = Programs.write(folder.resolve("old"), "redis-server", "Redis server v=6.0.16 sha=0:0", "");
        Path valkey = Programs.write(folder.resolve("new"), "valkey-server", "Valkey server v=8.1.0 sha=0:0", "");
        Path broken = Programs.write(folder.resolve("broken"), "redis-server", "cannot load libssl.so.3", "");

        assertThat(binaries(old, broken, valkey).find()).isEqualTo(valkey);

        Path oldest = Programs.write(folder.resolve("new"), "redis-server", "Redis server v=6.2.0 sha=0:0", "");
        assertThat(binaries(old, oldest).find()).isEqualTo(oldest);
        Path later = Programs.write(folder.resolve("later"), "redis-server", "Redis server v=10.0.1 sha=0:0", "");
        assertThat(binaries(old, later).find()).isEqualTo(later);
    }

    @Test
    void should_take_the_bundled_server_when_the_machine_has_none_of_use() throws IOException {
        Path old = Programs.write(folder.resolve("old"), "redis-server", "Redis server v=5.0.7", "");

        assertThat(binaries(old).find()).hasParent(folder.resolve("cache"));
        assertThat(RedisBinary.version(binaries().find())).contains("7.0");
    }

    @Test
    void should_say_what_to_do_when_there_is_no_server() throws IOException {
        Path old = Programs.write(folder.resolve("old"), "redis-server", "Redis server v=5.0.7", "");
        BundledRedis none = new BundledRedis("sunos-sparc", List.of(folder));

        assertThatThrownBy(() -> new RedisBinary(List.of(), none).find())
                .isInstanceOf(JobMonException.class)
                .hasMessage(
                        "No Redis server to start: none is on the PATH, and none is bundled for sunos-sparc. Install"
                                + " redis-server 6.2 or newer, or use JobMon.connect(\"redis://host:6379\").");
        assertThatThrownBy(() -> new RedisBinary(List.of(old.getParent()), none).find())
                .hasMessageContaining(old + " is of version 5.0, 6.2 is the oldest");
        BundledRedis windows = new BundledRedis(BundledRedis.platform("Windows 11", "amd64"), List.of());
        assertThatThrownBy(
                        () -> EmbeddedRedis.start(null, new RedisBinary(List.of(), windows), ServerProcess::freePort))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("JobMon.connect(\"redis://");
    }

    private RedisBinary binaries(Path... programs) {
        BundledRedis system = BundledRedis.ofSystem();
        return new RedisBinary(
                List.of(programs).stream().map(Path::getParent).toList(),
                new BundledRedis(system.platform(), List.of(folder.resolve("cache"))));
    }
}

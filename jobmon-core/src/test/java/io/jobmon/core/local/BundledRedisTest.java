package io.jobmon.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledRedisTest {

    @TempDir
    Path folder;

    @Test
    void should_unpack_once_when_asked_again() throws IOException {
        Path program = unpacked(folder.resolve("cache"));
        FileTime time = Files.getLastModifiedTime(program);

        assertThat(unpacked(folder.resolve("cache"))).isEqualTo(program);

        assertThat(Files.getLastModifiedTime(program)).isEqualTo(time);
        assertThat(names(folder.resolve("cache"))).hasSize(2).noneMatch(name -> name.startsWith("unpacking"));
        assertThat(Files.getPosixFilePermissions(folder.resolve("cache")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void should_unpack_anew_when_the_file_is_damaged() throws IOException {
        Path program = unpacked(folder);
        byte[] whole = Files.readAllBytes(program);

        Files.write(program, new byte[] {1, 2, 3});
        assertThat(Files.readAllBytes(unpacked(folder))).isEqualTo(whole);

        byte[] flipped = whole.clone();
        flipped[flipped.length / 2] ^= 1;
        Files.delete(program);
        Files.write(program, flipped);
        assertThat(Files.readAllBytes(unpacked(folder))).isEqualTo(whole);

        Files.delete(program);
        assertThat(RedisBinary.version(unpacked(folder))).contains("7.0");
    }

    @Test
    void should_take_the_next_folder_when_the_first_cannot_be_used() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("target")));

        assertThat(unpacked(file.resolve("x"), open, link, folder.resolve("good")))
                .hasParent(folder.resolve("good"));

        assertThat(names(open)).isEmpty();
        assertThatThrownBy(() -> unpacked(open))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining(open + " (other users may write there)");
    }

    @Test
    void should_give_everybody_a_whole_program_when_many_unpack_at_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            Callable<String> task =
                    () -> RedisBinary.version(unpacked(folder.resolve("cache"))).orElse("none");
            for (Future<String> version : threads.invokeAll(Collections.nCopies(6, task))) {
                assertThat(version.get()).isEqualTo("7.0");
            }
        } finally {
            threads.shutdown();
        }
        assertThat(names(folder.resolve("cache"))).hasSize(2);
    }

    @Test
    void should_name_platforms_as_the_resources_do_when_asked() {
        assertThat(BundledRedis.platform("Linux", "amd64")).isEqualTo("linux-amd64");
        assertThat(BundledRedis.platform("Linux", "aarch64")).isEqualTo("linux-arm64");
        assertThat(BundledRedis.platform("Mac OS X", "x86_64")).isEqualTo("darwin-amd64");
        assertThat(BundledRedis.platform("Mac OS X", "aarch64")).isEqualTo("darwin-arm64");
        for (String platform : List.of("linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64")) {
            assertThat(BundledRedis.class.getResource("/redis-server-7.0.15-" + platform))
                    .isNotNull();
        }
    }

    private static Path unpacked(Path... caches) {
        return new BundledRedis(BundledRedis.ofSystem().platform(), List.of(caches))
                .unpacked()
                .orElseThrow();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}

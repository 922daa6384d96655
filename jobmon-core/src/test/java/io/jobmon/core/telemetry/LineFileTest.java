package io.jobmon.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.LogLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFileTest {

    @TempDir
    Path dir;

    private static LogLine line(String text) {
        return new LogLine(Instant.EPOCH, "WARN", "h", "w-1", "job", "s-0", text);
    }

    @Test
    void should_append_lines_for_the_owner_alone() throws IOException {
        Path file = dir.resolve("workers.log");
        try (LineFile lines = new LineFile(file)) {
            lines.accept(line("one\ntwo"));
        }
        try (LineFile lines = new LineFile(file)) {
            lines.accept(line("grüße"));
        }
        assertThat(file)
                .hasContent("1970-01-01T00:00:00Z WARN w-1 job s-0: one\n    two\n"
                        + "1970-01-01T00:00:00Z WARN w-1 job s-0: grüße\n");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void should_keep_the_last_three_files_when_much_is_said() throws IOException {
        Path file = dir.resolve("workers.log");
        String kilobyte = "x".repeat(1000);
        try (LineFile lines = new LineFile(file)) {
            for (int k = 0; k < 60_000; k++) {
                lines.accept(line(k + " " + kilobyte));
            }
        }
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("workers.log", "workers.log.1", "workers.log.2", "workers.log.3");
        }
        assertThat(Files.size(dir.resolve("workers.log.3"))).isBetween(10L << 20, (10L << 20) + 2000);
        assertThat(Files.readString(file)).contains("59999 x");
    }

    @Test
    void should_go_on_when_the_folder_comes_back() throws IOException {
        Path file = dir.resolve("gone/workers.log");
        try (LineFile lines = new LineFile(file)) {
            lines.accept(line("lost"));
            Files.createDirectory(file.getParent());
            lines.accept(line("kept"));
        }
        assertThat(file).content().contains("kept").doesNotContain("lost");
    }
}

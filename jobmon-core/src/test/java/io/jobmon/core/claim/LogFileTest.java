package io.jobmon.core.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    Path folder;

    private Path log() {
        return folder.resolve("worker.log");
    }

    private Path old(int number) {
        return folder.resolve("worker.log." + number);
    }

    private static void fill(OutputStream out, char with) throws IOException {
        byte[] line = (String.valueOf(with).repeat(1023) + "\n").getBytes(StandardCharsets.US_ASCII);
        for (long size = 0; size <= LogFile.LIMIT; size += line.length) {
            out.write(line);
        }
    }

    private static char first(Path file) throws IOException {
        try (var reader = Files.newBufferedReader(file)) {
            return (char) reader.read();
        }
    }

    @Test
    void should_leave_a_short_log_alone() throws IOException {
        Files.write(log(), new byte[(int) LogFile.LIMIT]);
        new LogFile(log()).look();
        assertThat(log()).hasSize(LogFile.LIMIT);
        assertThat(folder.toFile().list()).containsExactly("worker.log");
    }

    @Test
    void should_keep_three_when_the_log_grows_and_grows() throws IOException {
        LogFile file = new LogFile(log());
        try (OutputStream out = Files.newOutputStream(log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (char with : "abcde".toCharArray()) {
                fill(out, with);
                file.look();
                assertThat(log()).isEmptyFile();
                assertThat(first(old(1))).isEqualTo(with);
            }
            out.write("after".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(log()).hasContent("after");
        assertThat(first(old(2))).isEqualTo('d');
        assertThat(first(old(3))).isEqualTo('c');
        assertThat(old(1)).hasSize(LogFile.LIMIT + 1024);
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder("worker.log", "worker.log.1", "worker.log.2", "worker.log.3");
    }

    @Test
    void should_keep_the_end_when_the_log_is_huge() throws IOException {
        Files.write(log(), new byte[(int) (LogFile.MOST + 5000)]);
        Files.writeString(log(), "the end", StandardOpenOption.APPEND);
        new LogFile(log()).look();
        assertThat(old(1)).hasSize(LogFile.MOST);
        byte[] kept = Files.readAllBytes(old(1));
        assertThat(new String(kept, kept.length - 7, 7, StandardCharsets.US_ASCII))
                .isEqualTo("the end");
    }

    @Test
    void should_show_a_copy_to_nobody_else() throws IOException {
        try (OutputStream out = Files.newOutputStream(log())) {
            fill(out, 'x');
        }
        Files.setPosixFilePermissions(log(), PosixFilePermissions.fromString("rw-------"));
        new LogFile(log()).look();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(old(1))))
                .isEqualTo("rw-------");
    }

    @Test
    void should_not_throw_when_there_is_nothing_or_something_else() throws IOException {
        new LogFile(log()).look();
        Files.createDirectory(log());
        new LogFile(log()).look();
        assertThat(log()).isEmptyDirectory();
    }

    @Test
    void should_keep_what_is_there_when_it_cannot_copy() throws IOException {
        Files.writeString(old(1), "old");
        try (OutputStream out = Files.newOutputStream(log())) {
            fill(out, 'x');
        }
        Path inTheWay = Files.createDirectory(folder.resolve("worker.log.new"));
        Files.writeString(inTheWay.resolve("file"), "");
        new LogFile(log()).look();
        assertThat(log()).hasSize(LogFile.LIMIT + 1024);
        assertThat(old(1)).hasContent("old");
    }
}

package io.jobmon.core.isolate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

    /** Files that are made here are new. */
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    Path folder;

    @TempDir
    Path cache;

    private Path jar;
    private Path written;

    @BeforeEach
    void prepare() throws IOException {
        jar = Files.writeString(folder.resolve("a.jar"), "classes");
        written = Files.writeString(folder.resolve("written"), "an archive");
    }

    private ClassArchive archive() throws IOException {
        return new ClassArchive(cache, List.of(jar), () -> NOW);
    }

    private ClassArchive kept() throws IOException {
        ClassArchive archive = archive();
        archive.keep(written, file -> true);
        return archive;
    }

    private List<Path> content() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.toList();
        }
    }

    private Path age(String name, Duration age) throws IOException {
        Path file = Files.writeString(cache.resolve(name), "");
        return Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    }

    @Test
    void should_be_there_for_this_user_alone_when_kept() throws IOException {
        assertThat(archive().file()).isEmpty();
        Path file = kept().file().orElseThrow();

        assertThat(file).hasContent("an archive");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(archive().file()).contains(file);
        assertThat(content()).containsExactly(file);
    }

    @Test
    void should_keep_nothing_when_no_jvm_can_use_it() throws IOException {
        archive().keep(written, file -> false);
        assertThat(content()).isEmpty();

        assertThatThrownBy(() -> archive().keep(folder.resolve("none"), file -> true))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> archive().keep(written, file -> {
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(IOException.class);
        assertThat(content()).isEmpty();
    }

    @Test
    void should_leave_what_is_in_use_when_somebody_was_faster() throws IOException {
        Path file = kept().file().orElseThrow();
        Object inode = Files.getAttribute(file, "unix:ino");

        kept();
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
        assertThat(content()).containsExactly(file);
    }

    @Test
    void should_not_be_there_when_it_is_cut_off_or_a_link() throws IOException {
        Path file = kept().file().orElseThrow();
        Files.writeString(file, "an arch");
        assertThat(archive().file()).isEmpty();

        assertThat(kept().file()).hasValueSatisfying(again -> assertThat(again).hasContent("an archive"));
        Files.delete(file);
        Files.createSymbolicLink(file, written);
        assertThat(archive().file()).isEmpty();
    }

    @Test
    void should_not_be_there_when_a_jar_has_changed() throws IOException {
        kept();
        FileTime time = Files.getLastModifiedTime(jar);
        Files.setLastModifiedTime(jar, FileTime.fromMillis(time.toMillis() + 2000));
        assertThat(archive().file()).isEmpty();

        Files.setLastModifiedTime(jar, time);
        assertThat(archive().file()).isPresent();
        Files.writeString(jar, "other classes");
        Files.setLastModifiedTime(jar, time);
        assertThat(archive().file()).isEmpty();
    }

    @Test
    void should_remove_what_nobody_uses_when_one_is_made() throws IOException {
        Path used = age("children-a-1.jsa", Duration.ofDays(29));
        age("children-b-1.jsa", Duration.ofDays(31));
        Path beingMade = age("archiving-1", Duration.ofHours(23));
        age("archiving-2", Duration.ofHours(25));
        Path other = age("redis-server", Duration.ofDays(100));

        Path file = kept().file().orElseThrow();
        assertThat(content()).containsExactlyInAnyOrder(used, beingMade, other, file);
    }

    @Test
    void should_count_as_used_when_used() throws IOException {
        ClassArchive archive = kept();
        Path file = archive.file().orElseThrow();
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(29))));

        archive.used(file);
        assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(NOW);
    }
}

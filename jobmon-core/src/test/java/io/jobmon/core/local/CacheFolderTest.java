package io.jobmon.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {

    @TempDir
    Path folder;

    @Test
    void should_look_in_the_users_cache_first_when_there_is_one() {
        assertThat(CacheFolder.candidates(Map.of("XDG_CACHE_HOME", "/x"))).startsWith(Path.of("/x/jobmon"));
        assertThat(CacheFolder.candidates(Map.of("XDG_CACHE_HOME", "relative")))
                .startsWith(Path.of(System.getProperty("user.home"), ".cache", "jobmon"));
        assertThat(CacheFolder.candidates(Map.of())).hasSize(2).allMatch(Path::isAbsolute);
    }

    @Test
    void should_be_for_its_user_alone_when_made() throws IOException {
        Path made = folder.resolve("home/.cache/jobmon");
        CacheFolder.claim(made);
        CacheFolder.claim(made);

        assertThat(Files.getPosixFilePermissions(made)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(made).isEmptyDirectory();
    }

    @Test
    void should_be_refused_when_others_may_write_there() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("target")));

        assertThatThrownBy(() -> CacheFolder.claim(open)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> CacheFolder.claim(link)).isInstanceOf(IOException.class);
        assertThat(open).isEmptyDirectory();
        assertThat(link).isEmptyDirectory();
    }
}

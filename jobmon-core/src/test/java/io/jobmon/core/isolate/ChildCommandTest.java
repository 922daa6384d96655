package io.jobmon.core.isolate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Isolation;
import io.jobmon.spi.ChildSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildCommandTest {

    @TempDir
    Path folder;

    private ClassArchive archive;

    @BeforeEach
    void prepare() throws IOException {
        Path jar = Files.writeString(folder.resolve("a.jar"), "");
        archive = new ClassArchive(folder, List.of(jar), InstantSource.system());
    }

    private void keep() throws IOException {
        archive.keep(Files.writeString(folder.resolve("written"), "x"), file -> true);
    }

    private List<String> command(ChildSettings settings) {
        ChildCommand.Made made = new ChildCommand(settings, 1, () -> Optional.of(archive)).make(Isolation.PROCESS);
        made.forget();
        return made.builder().command();
    }

    @Test
    void should_start_from_the_archive_when_it_is_there() throws IOException {
        String classPath = System.getProperty("java.class.path");
        assertThat(command(ChildSettings.NONE)).contains(classPath).noneMatch(each -> each.contains("Archive"));

        keep();
        assertThat(command(ChildSettings.NONE.jvmOptions("-Xlog:cds")))
                .contains(archive.classPath() + File.pathSeparator + classPath)
                .containsSubsequence(
                        "-XX:SharedArchiveFile=" + archive.file().orElseThrow(), "-Xlog:cds=off", "-Xlog:cds");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xshare:off",
                "-Xshare:auto",
                "-XX:SharedArchiveFile=mine",
                "-XX:ArchiveClassesAtExit=mine",
                "-XX:-UseSharedSpaces",
                "-XX:AOTCache=mine",
                "-XX:+AutoCreateSharedArchive",
                "-XX:Flags=mine"
            })
    void should_do_without_when_the_user_has_a_word_on_it(String option) throws IOException {
        keep();
        for (ChildSettings settings : List.of(
                ChildSettings.NONE.jvmOptions("-ea", option),
                ChildSettings.NONE.environment("JDK_JAVA_OPTIONS", "-ea " + option),
                ChildSettings.NONE.environment("JAVA_TOOL_OPTIONS", option))) {
            assertThat(command(settings))
                    .noneMatch(each -> each.contains(folder.toString()))
                    .contains(System.getProperty("java.class.path"));
            assertThat(new ChildCommand(settings, 1, () -> Optional.of(archive)).archive())
                    .isEmpty();
        }
    }
}

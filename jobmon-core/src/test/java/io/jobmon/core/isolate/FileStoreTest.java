package io.jobmon.core.isolate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.CommandJob;
import io.jobmon.core.identity.CommandFile;
import io.jobmon.core.identity.CommandForm;
import io.jobmon.core.identity.UnreadyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileStoreTest {

    @TempDir
    private Path folder;

    private List<CommandFile> files(Path... files) {
        return CommandForm.of(CommandJob.of("job", "true").files(files).spec()).files();
    }

    private Path target() throws IOException {
        return Files.createTempDirectory(folder, "target");
    }

    @Test
    void should_lay_read_only_files_under_their_names_when_asked() throws IOException {
        Path data = Files.writeString(
                Files.createDirectories(folder.resolve("in/deep")).resolve("data"), "data");
        Path tool = Files.writeString(folder.resolve("in/tool"), "tool");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        Path large = Files.write(folder.resolve("in/large"), new byte[1 << 20]);
        FileStore store = FileStore.of("job", files(folder.resolve("in")));
        Files.delete(data);
        Files.writeString(tool, "changed");
        Files.delete(large);

        Path target = target();
        store.lay(target);

        assertThat(target.resolve("in/deep/data")).hasContent("data");
        assertThat(target.resolve("in/tool")).hasContent("tool");
        assertThat(target.resolve("in/large")).hasSize(1 << 20);
        assertThat(mode("in/deep/data", target)).doesNotContain("w", "x");
        assertThat(mode("in/tool", target)).doesNotContain("w").contains("x");
        assertThat(mode("in/large", target)).doesNotContain("w");
    }

    private static String mode(String name, Path target) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve(name)));
    }

    @Test
    void should_be_unready_when_a_file_changed_after_its_digest() throws IOException {
        Path data = Files.writeString(folder.resolve("data"), "one");
        List<CommandFile> files = files(data);
        Files.writeString(data, "two");

        assertThatThrownBy(() -> FileStore.of("job", files))
                .isInstanceOf(UnreadyException.class)
                .hasMessageContaining("its file data has changed meanwhile");
    }

    @Test
    void should_refuse_to_lay_when_its_copy_was_changed() throws IOException {
        String name = folder.getFileName() + "-spoilt";
        FileStore store = FileStore.of("job", files(Files.writeString(folder.resolve(name), "fine")));
        Path copy = copies(name).get(0);
        assertThat(copy.toFile().setWritable(true)).isTrue();
        Files.writeString(copy, "spoilt");

        assertThatThrownBy(() -> store.lay(target()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was changed by somebody");
    }

    /** Where the store has copies of a file of this name. */
    private static List<Path> copies(String name) throws IOException {
        Path probe = Folders.take();
        Folders.giveBack(probe, true);
        try (Stream<Path> all = Files.walk(probe.getParent())) {
            return all.filter(file -> file.endsWith(name)).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1 << 20})
    void should_change_nothing_for_others_when_a_program_writes_to_its_file(int size) throws IOException {
        Path data = Files.write(folder.resolve("data"), new byte[size]);
        FileStore store = FileStore.of("job", files(data));
        Path neighbour = target();
        store.lay(neighbour);
        Path first = target();
        store.lay(first);
        assertThat(first.resolve("data").toFile().setWritable(true)).isTrue();
        Files.writeString(first.resolve("data"), "spoilt", StandardOpenOption.WRITE);
        Path next = target();
        store.lay(next);

        assertThat(neighbour.resolve("data")).hasBinaryContent(new byte[size]);
        assertThat(next.resolve("data")).hasBinaryContent(new byte[size]);
    }

    @Test
    void should_leave_no_copies_when_one_cannot_be_made() throws IOException {
        String name = folder.getFileName() + "-first";
        Path first = Files.writeString(folder.resolve(name), "fine");
        Path second = Files.writeString(folder.resolve("second"), "one");
        List<CommandFile> files = files(first, second);
        Files.writeString(second, "two");

        assertThatThrownBy(() -> FileStore.of("job", files)).isInstanceOf(UnreadyException.class);

        assertThat(copies(name)).isEmpty();
    }

    @Test
    void should_not_use_a_folder_again_when_somebody_may_still_write_to_it() throws IOException {
        Path clean = Folders.take();

        Folders.giveBack(clean, false);

        assertThat(clean).doesNotExist();
    }

    @Test
    void should_use_a_folder_again_when_it_was_left_clean() throws IOException {
        Path clean = Folders.take();
        Folders.giveBack(clean, true);
        assertThat(clean).exists();

        Path used = Stream.iterate(1, i -> i + 1)
                .map(i -> {
                    try {
                        return Folders.take();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .filter(clean::equals)
                .findFirst()
                .orElseThrow();
        Files.writeString(used.resolve("left"), "x");
        Folders.giveBack(used, true);

        assertThat(used).doesNotExist();
    }
}

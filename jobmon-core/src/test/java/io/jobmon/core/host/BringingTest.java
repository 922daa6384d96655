package io.jobmon.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Bundle;
import io.jobmon.CommandJob;
import io.jobmon.JobMonException;
import io.jobmon.spi.HostSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files on their way to a host. */
class BringingTest extends HostCase {

    @Test
    void should_bring_the_program_once_when_it_is_synchronised_twice() throws IOException {
        host().sync(bundle(Map.of()));
        assertThat(channel.put).hasSize(2);
        channel.put.clear();
        host().sync(bundle(Map.of()));
        assertThat(channel.put).isEmpty();
        assertThat(tree("incoming")).isEmpty();
        String id = bundle(Map.of()).id();
        List<String> classes = Files.readAllLines(work.resolve("bundles/" + id + "/classpath"));
        assertThat(classes).hasSize(2).allMatch(line -> Files.isRegularFile(work.resolve(line)));
        assertThat(classes.get(0)).endsWith("/one.jar");
        assertThat(work.resolve(classes.get(0))).hasSameBinaryContentAs(program.resolve("one.jar"));
    }

    @Test
    void should_tell_what_is_moved_and_nothing_when_nothing_is() throws IOException {
        Bundle bundle = bundle(Map.of());
        long bytes = bundle.files().stream().mapToLong(Bundle.File::size).sum();
        List<String> told = new ArrayList<>();
        Bundle watched = bundle.watch((lacking, moved) -> told.add(moved + " of " + lacking));
        host().sync(watched);
        long first = bundle.files().get(0).size();
        assertThat(told).containsExactly("0 of " + bytes, first + " of " + bytes, bytes + " of " + bytes);
        told.clear();
        host().sync(watched);
        assertThat(told).containsExactly("0 of 0");
    }

    @Test
    void should_bring_one_small_jar_when_one_class_has_changed() throws IOException {
        host().sync(bundle(Map.of()));
        channel.put.clear();
        Files.writeString(program.resolve("classes/c/C.class"), "class C, another");
        host().sync(bundle(Map.of()));
        assertThat(channel.put).hasSize(1);
        assertThat(channel.put.get(0).getFileName()).asString().startsWith("classes");
    }

    @Test
    void should_pack_the_same_bytes_when_classes_were_only_compiled_again() throws IOException {
        String before = bundle(Map.of()).id();
        Path file = program.resolve("classes/c/C.class");
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(1_000_000_000)));
        assertThat(bundle(Map.of()).id()).isEqualTo(before);
        Files.writeString(file, "class D");
        assertThat(bundle(Map.of()).id()).isNotEqualTo(before);
    }

    @Test
    void should_go_on_where_it_was_cut_off_when_called_again() throws IOException {
        Bundle bundle = bundle(Map.of());
        channel.cutAfter = 1;
        assertThatThrownBy(() -> host().sync(bundle)).hasMessageContaining("cut");
        assertThat(work.resolve("bundles/" + bundle.id())).doesNotExist();
        channel.cutAfter = Integer.MAX_VALUE;
        channel.put.clear();
        host().sync(bundle);
        assertThat(channel.put)
                .as("what came before the cut is not moved again")
                .hasSize(1);
        assertThat(work.resolve("bundles/" + bundle.id() + "/classpath")).exists();
    }

    @Test
    void should_bring_a_file_again_when_it_has_arrived_damaged() throws IOException {
        Bundle bundle = bundle(Map.of());
        channel.cutAfter = 1;
        assertThatThrownBy(() -> host().sync(bundle)).hasMessageContaining("cut");
        channel.cutAfter = Integer.MAX_VALUE;
        // As large as it should be, and not what it should be.
        Path begun = work.resolve("incoming").resolve(tree("incoming").get(0));
        Files.write(begun, new byte[(int) Files.size(begun)]);
        channel.put.clear();
        host().sync(bundle);
        assertThat(channel.put).hasSize(2);
        List<String> classes = Files.readAllLines(work.resolve("bundles/" + bundle.id() + "/classpath"));
        assertThat(work.resolve(classes.get(0))).hasSameBinaryContentAs(program.resolve("one.jar"));
    }

    @Test
    void should_keep_the_newest_bundles_and_those_that_workers_run_from_when_the_program_changes() throws IOException {
        String first = null;
        for (int k = 0; k < 5; k++) {
            Files.writeString(program.resolve("classes/c/C.class"), "version " + k);
            Bundle bundle = bundle(Map.of());
            host().sync(bundle);
            Files.setLastModifiedTime(
                    work.resolve("bundles/" + bundle.id() + "/used"),
                    FileTime.from(Instant.now().minusSeconds(100 - k)));
            if (first == null) {
                first = bundle.id();
                Files.createDirectories(work.resolve("launches/l1"));
                Files.writeString(work.resolve("launches/l1/bundle"), first + "\n");
            }
        }
        try (var bundles = Files.list(work.resolve("bundles"))) {
            assertThat(bundles.map(path -> path.getFileName().toString()))
                    .hasSize(3)
                    .contains(first);
        }
        assertThat(tree("files").stream().filter(name -> name.contains("classes")))
                .hasSize(3);
        assertThat(tree("files").stream().filter(name -> name.contains("one.jar")))
                .hasSize(1);
    }

    @Test
    void should_lay_data_where_the_user_says_and_leave_them_alone_when_unchanged() throws IOException {
        Path folder = Files.createDirectories(home.resolve("data/deep"));
        Files.writeString(folder.resolve("naïve name.txt"), "one");
        Files.writeString(folder.getParent().resolve("b.txt"), "two");
        Path elsewhere = home.resolve("elsewhere/x.bin");
        Map<String, Path> data =
                Map.of("input", folder.getParent(), elsewhere.toString(), folder.resolve("naïve name.txt"));
        host().sync(bundle(data));
        assertThat(work.resolve("run/input/deep/naïve name.txt")).hasContent("one");
        assertThat(work.resolve("run/input/b.txt")).hasContent("two");
        assertThat(elsewhere).hasContent("one");
        channel.put.clear();
        host().sync(bundle(data));
        assertThat(channel.put).isEmpty();
        // Somebody has changed it there.
        Files.writeString(work.resolve("run/input/b.txt"), "2");
        host().sync(bundle(data));
        assertThat(channel.put).hasSize(1);
        assertThat(work.resolve("run/input/b.txt")).hasContent("two");
    }

    @Test
    void should_leave_data_out_when_the_sync_is_quick() throws IOException {
        Path file = Files.writeString(home.resolve("d.txt"), "d");
        Path packed = Files.createTempDirectory(home, "packed");
        Bundler bundler = new Bundler(classPath(), List.of(), Map.of("d.txt", file), 2, false);
        host().sync(bundler.make(packed, false));
        assertThat(work.resolve("run/d.txt")).doesNotExist();
        assertThat(bundler.make(packed, false).id())
                .isEqualTo(bundler.make(packed, true).id());
    }

    @Test
    void should_bring_files_of_command_jobs_under_their_names_when_they_have_any() throws IOException {
        Path script = Files.writeString(program.resolve("sir.py"), "print(1)");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        CommandJob<?> job = CommandJob.of("sir", "python3", script.toString()).files(script);
        Bundle bundle = bundle(Map.of(), job);
        host().sync(bundle);
        Path there = work.resolve("bundles/" + bundle.id() + "/files/sir.py");
        assertThat(there).hasContent("print(1)").isExecutable();
    }

    @Test
    void should_say_what_to_do_when_the_work_folder_cannot_be_made() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        MachineHost host = new MachineHost(HostSettings.of("here").workdir(file + "/below"), channel);
        assertThatThrownBy(host::check)
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("here: ")
                .hasMessageContaining("below");
    }
}

package io.jobmon.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.CommandJob;
import io.jobmon.CommandOutput;
import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandIdentityTest {

    @TempDir
    private Path folder;

    private Path script;

    @BeforeEach
    void write() throws IOException {
        script = file("one/model.py", "print(1)");
    }

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static String hash(CommandJob<?> job) {
        return Identities.of(job).hash();
    }

    private CommandJob<Map<String, Object>> model() {
        return CommandJob.of("model", "python3", script.toString(), "{x}").files(script);
    }

    @Test
    void should_have_one_hash_when_made_twice() {
        assertThat(hash(model())).isEqualTo(hash(model())).matches("[0-9a-f]{40}");
    }

    @Test
    void should_have_one_hash_when_the_files_lie_elsewhere_under_the_same_name() throws IOException {
        Path other = file("two/model.py", "print(1)");

        assertThat(hash(CommandJob.of("model", "python3", other.toString(), "{x}")
                        .files(other)))
                .isEqualTo(hash(model()));
    }

    @Test
    void should_have_another_hash_when_anything_that_counts_differs() throws IOException {
        Path other = file("two/model.py", "print(2)");
        Path renamed = file("two/model2.py", "print(1)");
        List<CommandJob<?>> jobs = List.of(
                model(),
                CommandJob.of("model2", "python3", script.toString(), "{x}").files(script),
                CommandJob.of("model", "python3", script.toString(), "{y}").files(script),
                CommandJob.of("model", "python", script.toString(), "{x}").files(script),
                CommandJob.of("model", "python3", other.toString(), "{x}").files(other),
                CommandJob.of("model", "python3", renamed.toString(), "{x}").files(renamed),
                CommandJob.of("model", "python3", "model.py", "{x}").files(script),
                model().files(other.resolveSibling("model2.py")),
                model().environment("A", "1"),
                model().environment("A", "2"),
                model().environment("B", "1"),
                model().environment("A", "1").environment("B", "1"),
                model().version("1"),
                model().version("2"),
                model().outcome(Integer.class),
                model().outcome(Long.class),
                model().outcome(Integer.class).version("1"),
                model().outcome(Integer.class, CommandOutput::exitCode),
                model().outcome(Integer.class, new Length()));

        assertThat(jobs.stream().map(CommandIdentityTest::hash)).doesNotHaveDuplicates();
    }

    @Test
    void should_have_one_hash_when_only_the_limit_differs() {
        assertThat(hash(model().outputLimit(5))).isEqualTo(hash(model()));
    }

    @Test
    void should_hide_values_of_the_environment_when_it_tells_its_configuration() {
        String configuration =
                Identities.of(model().environment("TOKEN", "hush-hush")).configuration();

        assertThat(configuration)
                .contains("TOKEN", "model.py", "python3")
                .doesNotContain("hush")
                .doesNotContain(folder.toString());
        assertThat(model().environment("TOKEN", "hush-hush").toString()).doesNotContain("hush");
    }

    private static final class Length implements Function<CommandOutput, Integer> {
        @Override
        public Integer apply(CommandOutput output) {
            return output.stdout().length();
        }
    }

    @Test
    void should_be_refused_when_the_function_captures_what_no_version_covers() {
        int factor = folder.toString().length();
        CommandJob<Integer> job = model().outcome(Integer.class, output -> factor);

        assertThatThrownBy(() -> Identities.of(job))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("captures 1 variable")
                .hasMessageContaining("give the CommandJob a version");
        assertThat(hash(job.version("1"))).hasSize(40);
    }

    @Test
    void should_take_all_files_of_a_folder_when_it_is_given() throws IOException {
        file("lib/a.py", "a");
        file("lib/deep/b.py", "b");
        file("lib/__pycache__/a.pyc", "x");
        file("lib/.git/HEAD", "x");
        Path lib = folder.resolve("lib");

        CommandForm form =
                CommandForm.of(CommandJob.of("lib", "sh", lib.resolve("a.py").toString(), lib.toString(), lib + "/none")
                        .files(lib)
                        .spec());

        assertThat(form.files().stream().map(CommandFile::name)).containsExactly("lib/a.py", "lib/deep/b.py");
        assertThat(form.line().fill(Path.of("/w"), Map.of()))
                .containsExactly("sh", "/w/lib/a.py", "/w/lib", lib + "/none");
    }

    @Test
    void should_be_refused_when_names_clash() throws IOException {
        Path other = file("two/model.py", "print(1)");
        Path inside = file("three/model.py/x", "x").getParent();

        assertThatThrownBy(() -> Identities.of(model().files(other)))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("Two files of model have the name model.py");
        assertThatThrownBy(() -> Identities.of(model().files(inside)))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("a file model.py and a folder of this name");
        assertThatThrownBy(() -> Identities.of(model().files(file("ground.json", "{}"))))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("ground.json");
    }

    @Test
    void should_be_refused_when_a_file_has_no_name_below_the_folder() {
        for (String outside : List.of("..", "../x.py", "", ".", "a/../..", "/")) {
            assertThatThrownBy(() -> Identities.of(model().files(Path.of(outside))))
                    .as(outside)
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("no name below the program's folder");
        }
    }

    @Test
    void should_be_unready_when_a_file_is_not_there() {
        Path missing = folder.resolve("missing.txt");

        assertThatThrownBy(() -> Identities.of(model().files(missing)))
                .isInstanceOfSatisfying(
                        UnreadyException.class,
                        e -> assertThat(e.lack())
                                .startsWith("its file " + missing + " is not there, nor is ")
                                .endsWith("/missing.txt"));
    }

    @Test
    void should_find_a_file_by_its_name_when_it_is_not_at_its_path() {
        // the folder of the program, where this module's pom.xml lies
        CommandForm form = CommandForm.of(CommandJob.of("named", "cat", "/nowhere/at/all/pom.xml")
                .files(Path.of("/nowhere/at/all/pom.xml"))
                .spec());

        assertThat(form.files())
                .singleElement()
                .satisfies(file -> assertThat(file.path()).exists().hasFileName("pom.xml"));
        assertThat(form.line().fill(Path.of("/w"), Map.of())).containsExactly("cat", "/w/pom.xml");
    }

    @Test
    void should_say_which_files_cannot_be_read_as_text_when_asked_for_the_source() throws IOException {
        Path binary = folder.resolve("binary");
        Files.write(binary, new byte[] {0, 1, 2});
        Path latin = folder.resolve("latin");
        Files.write(latin, new byte[] {'a', (byte) 0xe4});
        Path large = file("large", "x".repeat(300_000));

        String source = Identities.source(CommandJob.of("sources", "true").files(binary, latin, large, script));

        assertThat(source)
                .contains("# (no text)", "# (too long to be shown)", "print(1)")
                .hasSizeLessThan(100_000);
        assertThat(Stream.of("binary", "latin", "large", "model.py")).allMatch(source::contains);
    }
}

package io.jobmon.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMonException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentitiesTest {

    private static final String SHA_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    record Named(String name, String version) implements Job<Integer, Integer> {
        @Override
        public Integer run(Integer params, Experiment experiment) {
            return params;
        }

        @Override
        public Object configuration() {
            return 0;
        }
    }

    @Test
    void should_hash_name_version_and_configuration_in_a_form_that_stays() {
        JobIdentity identity = Identities.of(new Named("flu", "3"));

        assertThat(identity)
                .isEqualTo(new JobIdentity(
                        "flu",
                        "bc6ab12d884b5259b3b1ee793e368976c0147b49",
                        "bc6ab12d884b5259b3b1ee793e368976c0147b49",
                        Integer.class,
                        Integer.class,
                        "0"));
    }

    @Test
    void should_tell_jobs_apart_when_name_or_version_differ() {
        assertThat(List.of(
                                new Named("ab", "c"),
                                new Named("a", "bc"),
                                new Named("a", "b"),
                                new Named("b", "b"),
                                new Named("a", ""))
                        .stream()
                        .map(job -> Identities.of(job).hash()))
                .doesNotHaveDuplicates()
                .allMatch(hash -> hash.matches("[0-9a-f]{40}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a|b", "a:b", "{a}", "a\nb", "\uD83D\uDE00", "a b", "\u0000"})
    void should_take_any_characters_in_a_name(String name) {
        assertThat(Identities.of(new Named(name, "1")).name()).isEqualTo(name);
    }

    @Test
    void should_count_characters_when_a_name_is_long() {
        String emoji = "\uD83D\uDE00".repeat(128);

        assertThat(Identities.of(new Named(emoji, "1")).name()).isEqualTo(emoji);
        assertThatThrownBy(() -> Identities.of(new Named(emoji + "a", "1")))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("129 characters")
                .hasMessageContaining("limit is 128");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n\t"})
    void should_refuse_when_the_name_is_blank(String name) {
        assertThatThrownBy(() -> Identities.of(new Named(name, "1")))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("blank name");
    }

    @Test
    void should_refuse_when_name_or_version_is_no_text() {
        assertThatThrownBy(() -> Identities.of(new Named(null, "1")))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("name() is null");
        assertThatThrownBy(() -> Identities.of(new Named("a", null)))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("version() is null");
        assertThatThrownBy(() -> Identities.of(new Named("a\uD83D", "1")))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("unpaired surrogate");
    }

    @Test
    void should_refuse_when_name_throws() {
        Job<Integer, Integer> job = new Job<>() {
            @Override
            public Integer run(Integer params, Experiment experiment) {
                return params;
            }

            @Override
            public String name() {
                throw new IllegalStateException("not yet");
            }
        };

        assertThatThrownBy(() -> Identities.of(job))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("name() throws")
                .hasMessageContaining("not yet");
    }

    @Test
    void should_cover_inputs_whatever_their_order() {
        JobIdentity base = Identities.of(new Named("flu", "3"));
        Map<String, String> forward = new LinkedHashMap<>();
        forward.put("a", SHA_OF_ABC);
        forward.put("b", "00");
        Map<String, String> backward = new LinkedHashMap<>();
        backward.put("b", "00");
        backward.put("a", SHA_OF_ABC);

        JobIdentity covered = Identities.withInputs(base, forward);

        assertThat(Identities.withInputs(base, Map.of())).isEqualTo(base);
        assertThat(covered.base()).isEqualTo(base.base());
        assertThat(covered.hash()).isNotEqualTo(base.hash()).hasSize(40);
        assertThat(Identities.withInputs(base, backward)).isEqualTo(covered);
        assertThat(Identities.withInputs(covered, forward)).isEqualTo(covered);
        assertThat(Identities.withInputs(base, Map.of("a", "00", "b", SHA_OF_ABC))
                        .hash())
                .isNotEqualTo(covered.hash());
    }

    @Test
    void should_digest_files_by_content(@TempDir Path directory) throws Exception {
        Path abc = Files.writeString(directory.resolve("abc"), "abc");
        Path empty = Files.writeString(directory.resolve("empty"), "");

        assertThat(Identities.digests(List.of(empty, abc)))
                .containsExactly(
                        Map.entry(abc.toString(), SHA_OF_ABC),
                        Map.entry(
                                empty.toString(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        assertThatThrownBy(() -> Identities.digests(List.of(directory)))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("a folder; name its files");
        assertThatThrownBy(() -> Identities.digests(List.of(directory.resolve("absent"))))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("is not a file")
                .hasMessageContaining("absent");
    }
}

package io.jobmon.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitTest {

    private static final Duration AMPLE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private GitState ask(Path folder) throws Exception {
        return Git.ask(Git.COMMAND, folder, AMPLE).get(1, TimeUnit.MINUTES);
    }

    private void git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("git", "-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    @Test
    void should_tell_commit_and_dirty_flag_when_there_is_a_checkout() throws Exception {
        git("init", "-q");
        assertThat(ask(directory)).isEqualTo(GitState.UNKNOWN);
        Path file = Files.writeString(directory.resolve("a"), "1");
        git("add", "a");
        git("commit", "-q", "-m", "one");
        Files.writeString(directory.resolve("untracked"), "1");

        GitState clean = ask(directory);
        Files.writeString(file, "22");
        GitState dirty = ask(directory);

        assertThat(clean.known()).isTrue();
        assertThat(clean.dirty()).isFalse();
        assertThat(clean.commit()).matches("[0-9a-f]{40,64}");
        assertThat(clean.text()).isEqualTo(clean.commit());
        assertThat(dirty).isEqualTo(new GitState(clean.commit(), true, true));
        assertThat(dirty.text()).isEqualTo(clean.commit() + " (dirty)");
    }

    @Test
    void should_not_know_when_there_is_no_checkout_or_no_git() throws Exception {
        assertThat(ask(directory)).isEqualTo(GitState.UNKNOWN);
        assertThat(Git.ask(List.of("no-such-git"), directory, AMPLE).get(1, TimeUnit.MINUTES))
                .isEqualTo(GitState.UNKNOWN);
        assertThat(GitState.UNKNOWN.text()).isEqualTo("unknown");
    }

    @Test
    void should_give_up_and_end_the_process_when_git_takes_too_long() throws Exception {
        // Two processes, both with a number of their own in the command line.
        List<String> slow = List.of("sh", "-c", "sleep 617.25; true");

        GitState state = Git.ask(slow, directory, Duration.ofMillis(300)).get(1, TimeUnit.MINUTES);

        assertThat(state).isEqualTo(GitState.UNKNOWN);
        await().until(() -> ProcessHandle.current()
                .descendants()
                .noneMatch(process -> process.info().commandLine().orElse("").contains("617.25")));
    }

    @Test
    void should_ask_once_when_asked_again() throws Exception {
        assertThat(Identities.git().get(1, TimeUnit.MINUTES))
                .isSameAs(Identities.git().get(1, TimeUnit.MINUTES));
    }
}

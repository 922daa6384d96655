package io.jobmon.core.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks git, once and for a limited time, which commit a folder's checkout is at. */
final class Git {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** One command for both answers. No hook of the checkout is run, and its index is not written. */
    static final List<String> COMMAND = List.of(
            "git",
            "--no-optional-locks",
            "-c",
            "core.fsmonitor=false",
            "status",
            "--porcelain=v2",
            "--branch",
            "--untracked-files=no");

    private static final String COMMIT = "# branch.oid ";
    private static final String NONE = "(initial)";

    private Git() {}

    /** The answer for the working directory, asked once per JVM. */
    static CompletableFuture<GitState> here() {
        return Here.STATE.copy();
    }

    static CompletableFuture<GitState> ask(List<String> command, Path folder, Duration limit) {
        CompletableFuture<GitState> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> answer.complete(run(command, folder, answer)), "jobmon-git");
        thread.setDaemon(true);
        thread.start();
        return answer.completeOnTimeout(GitState.UNKNOWN, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static GitState run(List<String> command, Path folder, CompletableFuture<GitState> answer) {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return GitState.UNKNOWN;
        }
        // Also when the time is over while the lines below still wait for output.
        answer.whenComplete((state, failure) -> destroy(process));
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            process.getOutputStream().close();
            return read(lines);
        } catch (IOException e) {
            return GitState.UNKNOWN;
        } finally {
            destroy(process);
        }
    }

    private static GitState read(BufferedReader lines) throws IOException {
        String commit = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(COMMIT)) {
                commit = line.substring(COMMIT.length());
            } else if (!line.startsWith("#")) {
                return state(commit, true);
            }
        }
        return state(commit, false);
    }

    private static GitState state(String commit, boolean dirty) {
        return commit.isEmpty() || commit.equals(NONE) ? GitState.UNKNOWN : new GitState(commit, dirty, true);
    }

    private static void destroy(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static final class Here {

        private static final CompletableFuture<GitState> STATE =
                ask(COMMAND, Path.of("").toAbsolutePath(), LIMIT);
    }
}

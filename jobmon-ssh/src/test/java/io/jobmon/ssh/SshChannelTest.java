package io.jobmon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobmon.CommandResult;
import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands over one connection. */
class SshChannelTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] NOTHING = {};

    @TempDir
    Path folder;

    private Node node;
    private SshChannel channel;

    @BeforeEach
    void connect() throws IOException {
        KeyPair mine = Keys.ec();
        node = Node.letting(mine);
        Workplace me = new Workplace(folder.resolve("home")).knows(node.known());
        Keys.write(mine, me.ssh("id_ecdsa"));
        channel = me.channel(node.target());
    }

    @AfterEach
    void disconnect() throws IOException {
        channel.close();
        node.close();
    }

    private CommandResult sh(String script, String... arguments) {
        return channel.run(argv(script, arguments), NOTHING, LONG);
    }

    private static List<String> argv(String script, String... arguments) {
        List<String> argv = new java.util.ArrayList<>(List.of("sh", "-c", script, "sh"));
        argv.addAll(Arrays.asList(arguments));
        return argv;
    }

    @Test
    void should_give_output_and_exit_code_when_a_command_ends() {
        CommandResult result = sh("echo out; echo err >&2; exit 3");

        assertThat(result).isEqualTo(new CommandResult(3, "out\n", "err\n"));
    }

    @Test
    void should_pass_arguments_as_they_are_when_they_mean_something_to_a_shell() {
        String[] nasty = {"$HOME `id` $(id)", "a'b\"c\\", "", "zwei\nZeilen", "-n", "Äöü ✓", "*", "; exit 9"};

        assertThat(sh("printf '<%s>' \"$@\"", nasty).stdout()).isEqualTo("<" + String.join("><", nasty) + ">");
    }

    @Test
    void should_feed_standard_input_and_read_all_when_both_are_larger_than_any_buffer() {
        byte[] much = new byte[6 * 1024 * 1024];
        new Random(1).nextBytes(much);
        for (int i = 0; i < much.length; i++) {
            much[i] = (byte) ('a' + (much[i] & 15));
        }

        CommandResult result = channel.run(List.of("sh", "-c", "tee /dev/stderr"), much, LONG);

        assertThat(result.stdout()).hasSize(much.length);
        assertThat(result.stdout().getBytes(StandardCharsets.UTF_8)).isEqualTo(much);
        assertThat(result.stderr()).hasSize(much.length);
    }

    @Test
    void should_end_when_standard_input_is_not_read() {
        assertThat(channel.run(List.of("sh", "-c", "exit 0"), new byte[4 * 1024 * 1024], LONG)
                        .exitCode())
                .isZero();
    }

    @Test
    void should_give_128_and_the_number_when_a_signal_ends_a_command() {
        assertThat(sh("kill -9 $$").exitCode()).isEqualTo(137);
    }

    @Test
    void should_give_128_and_the_number_when_the_server_tells_the_signal() {
        node.server().setCommandFactory((session, command) -> new Ending(Ending.How.SIGNAL));

        assertThat(sh("true").exitCode()).isEqualTo(143);
    }

    @Test
    void should_say_so_when_a_server_does_not_tell_how_a_command_ended() {
        node.server().setCommandFactory((session, command) -> new Ending(Ending.How.SILENT));

        assertThatThrownBy(() -> sh("true"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining(node.target())
                .hasMessageContaining("did not say how the command ended");
    }

    @Test
    void should_say_so_when_a_server_runs_no_commands() {
        node.server().setCommandFactory((session, command) -> {
            throw new IOException("no commands here");
        });

        assertThatThrownBy(() -> sh("true"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining(node.target())
                .hasMessageContaining("runs no commands");
    }

    @Test
    void should_refuse_when_a_command_writes_too_much_to_either_output() {
        for (String script : List.of("yes", "yes >&2")) {
            assertThatThrownBy(() -> sh(script))
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("more than 8 MiB")
                    .hasMessageContaining(node.target());
        }
        assertThat(sh("echo still here").stdout()).isEqualTo("still here\n");
    }

    @Test
    void should_keep_just_8_mebibytes_when_a_command_writes_as_much() {
        CommandResult result = sh("head -c 8388608 /dev/zero | tr '\\0' x");

        assertThat(result.stdout()).hasSize(8 * 1024 * 1024);
    }

    @Test
    void should_give_up_when_a_command_takes_too_long() {
        assertThatThrownBy(() -> channel.run(List.of("sleep", "600"), NOTHING, Duration.ofMillis(300)))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("sleep has not ended within")
                .hasMessageContaining(node.target());
        assertThat(sh("echo still here").stdout()).isEqualTo("still here\n");
    }

    @Test
    void should_not_show_arguments_or_input_when_something_fails() {
        List<String> argv = List.of("sh", "-c", "exec sleep 600", "sh", "hunter2");

        assertThatThrownBy(() -> channel.run(argv, "hunter3".getBytes(StandardCharsets.UTF_8), Duration.ofMillis(300)))
                .isInstanceOf(JobMonException.class)
                .satisfies(failure -> assertThat(traceOf(failure)).doesNotContain("hunter"));
    }

    private static String traceOf(Throwable failure) {
        java.io.StringWriter text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    @Test
    void should_use_one_connection_when_much_is_done() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "content");

        for (int i = 0; i < 5; i++) {
            sh("true");
            channel.put(file, folder.resolve("copy").toString());
            channel.get(folder.resolve("copy").toString(), folder.resolve("back"));
        }

        assertThat(node.connections).hasValue(1);
    }

    @Test
    void should_connect_anew_when_the_connection_was_lost_between_calls() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "content");
        sh("true");

        node.cut();
        assertThat(sh("echo again").stdout()).isEqualTo("again\n");
        node.cut();
        channel.put(file, folder.resolve("copy").toString());
        node.cut();
        channel.get(folder.resolve("copy").toString(), folder.resolve("back"));

        assertThat(folder.resolve("back")).hasContent("content");
        assertThat(node.connections).hasValue(4);
    }

    @Test
    void should_not_run_a_command_again_when_the_connection_is_lost_while_it_runs() throws IOException {
        Path trace = folder.resolve("trace");
        CompletableFuture<CommandResult> running =
                CompletableFuture.supplyAsync(() -> sh("echo ran >> \"$1\"; sleep 600", trace.toString()));
        await().atMost(LONG).until(() -> Files.exists(trace) && Files.size(trace) > 0);

        node.cut();

        assertThatThrownBy(running::join)
                .hasCauseInstanceOf(JobMonException.class)
                .hasMessageContaining("was lost while sh ran")
                .hasMessageContaining("may still run");
        assertThat(trace).hasContent("ran\n");
    }

    @Test
    void should_stop_waiting_when_interrupted() throws Exception {
        Path trace = folder.resolve("trace");
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                sh("echo ran >> \"$1\"; sleep 600", trace.toString());
            } catch (JobMonException e) {
                failure.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("flag is lost"));
            }
        });
        thread.start();
        await().atMost(LONG).until(() -> Files.exists(trace) && Files.size(trace) > 0);

        thread.interrupt();

        assertThat(failure.get()).isInstanceOf(JobMonException.class).hasMessageContaining("Interrupted");
    }

    @Test
    void should_leave_no_thread_and_no_connection_when_closed() {
        sh("true");

        channel.close();
        channel.close();

        await().atMost(LONG).until(() -> node.server().getActiveSessions().isEmpty());
        await().atMost(LONG)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().contains(":" + node.port())));
        assertThatThrownBy(() -> sh("true")).isInstanceOf(JobMonException.class).hasMessageContaining("was closed");
    }
}

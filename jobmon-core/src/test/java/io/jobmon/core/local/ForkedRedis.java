package io.jobmon.core.local;

import io.jobmon.JobMonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of its own that starts an embedded Redis, says what came of it, and waits to be killed or told to end. */
final class ForkedRedis implements AutoCloseable {

    private final Process process;
    private final String line;

    private ForkedRedis(Process process, String line) {
        this.process = process;
        this.line = line;
    }

    static ForkedRedis start(String... args) throws IOException {
        return startWithTemporary(Path.of(System.getProperty("java.io.tmpdir")), args);
    }

    static ForkedRedis startWithTemporary(Path temporary, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                ForkedRedis.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        BufferedReader in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new ForkedRedis(process, in.readLine());
    }

    public static void main(String[] args) throws IOException {
        Path directory = args.length == 0 ? null : Path.of(args[0], args.length == 1 ? "" : odd());
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory)) {
            System.out.println(redis.pid() + " " + redis.uri() + " " + redis.lastStopWasOrderly());
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (JobMonException e) {
            System.out.println(e.getMessage());
        }
    }

    /** A folder's name that a shell or a configuration file would stumble over. */
    private static String odd() {
        return "a b\u00e4\u00fc'\"$(x)\\ #;";
    }

    String line() {
        return line;
    }

    long pid() {
        return process.pid();
    }

    ProcessHandle server() {
        return ProcessHandle.of(Long.parseLong(line.split(" ")[0])).orElseThrow();
    }

    String uri() {
        return line.split(" ")[1];
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Lets the program end in order. */
    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        process.waitFor();
    }
}

package io.jobmon.core.local;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A head that was just started: a JVM in a session of its own, which holds nothing of this program. For one thread. */
final class HeadProcess {

    private static final int TAIL = 2000;

    private final Process process;
    private final Path log;
    private final long logStart;

    private HeadProcess(Process process, Path log, long logStart) {
        this.process = process;
        this.log = log;
        this.logStart = logStart;
    }

    static HeadProcess start(Class<?> main, HeadFiles files, @Nullable String listen) throws IOException {
        List<String> command = new ArrayList<>(Sessions.command());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Dfile.encoding=UTF-8",
                "-cp",
                classPath(),
                main.getName(),
                files.folder().toString()));
        if (listen != null) {
            command.add(listen);
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(files.folder().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(files.log().toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("JOBMON_"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        long logStart = Files.exists(files.log()) ? Files.size(files.log()) : 0;
        return new HeadProcess(builder.start(), files.log(), logStart);
    }

    /** The head works elsewhere. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    boolean alive() {
        return process.isAlive();
    }

    /** The head itself: what gives it a session becomes it. */
    long pid() {
        return process.pid();
    }

    void end() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Why it did not start. */
    String lastWords() {
        String said = "";
        try {
            byte[] all = Files.readAllBytes(log);
            int from = (int) Math.min(logStart, all.length);
            said = new String(all, from, all.length - from, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            said = "(" + log + " cannot be read: " + Folders.reason(e) + ")";
        }
        int reason = said.lastIndexOf(LocalHeads.REFUSED);
        return reason >= 0
                ? said.substring(reason + LocalHeads.REFUSED.length())
                : "The head ended at its start, with exit code " + process.exitValue() + "; its log " + log + " says: "
                        + said.substring(Math.max(0, said.length() - TAIL));
    }
}

package io.jobmon.core.isolate;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process with a process group of its own, so that it ends with all that it has started. Where there is no {@code setsid},
 * its descendants stand for the group.
 *
 * <p>Thread safety: any number of threads.
 */
final class ProcessGroup {

    private static final @Nullable String SETSID = find("setsid");
    private static final long KILL_AFTER_MILLIS = 1000;

    private final Process process;
    private volatile boolean ended;

    private ProcessGroup(Process process) {
        this.process = process;
    }

    /** The command that runs another one in a session of its own. */
    static List<String> apart(String... command) {
        List<String> all = new ArrayList<>();
        if (SETSID != null) {
            all.add(SETSID);
        }
        all.addAll(List.of(command));
        return all;
    }

    /** A program's path, or null if no folder of PATH has it. */
    static @Nullable String find(String program) {
        String path = System.getenv("PATH");
        for (String folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
            Path file = Path.of(folder.isEmpty() ? "." : folder, program);
            if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                return file.toAbsolutePath().toString();
            }
        }
        return null;
    }

    /**
     * What a child's environment is: the worker's own without what belongs to JobMon, with UTF-8 and the guardian's mark.
     *
     * @param environment the worker's, changed here
     */
    static void clean(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.toUpperCase(Locale.ROOT).startsWith("JOBMON_"));
        if (!environment.containsKey("LC_ALL")) {
            environment.put("LC_ALL", "C.UTF-8");
        }
        Guardian.mark(environment);
    }

    /** Starts a process whose builder holds the bare command. */
    static ProcessGroup start(ProcessBuilder builder) throws IOException {
        List<String> bare = builder.command();
        builder.command(apart(bare.toArray(String[]::new)));
        Guardian.begin();
        try {
            Process process = builder.start();
            Guardian.add(process.pid());
            return new ProcessGroup(process);
        } finally {
            Guardian.begun();
            builder.command(bare);
        }
    }

    Process process() {
        return process;
    }

    /** Asks it to end: SIGTERM. */
    void terminate() {
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroy);
            Guardian.terminate(process.pid());
            process.destroy();
        }
    }

    /** Ends it: SIGKILL. */
    void kill() {
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            Guardian.kill(process.pid());
            process.destroyForcibly();
        }
    }

    /** SIGTERM, a second later SIGKILL; returns when the process is gone. An interrupt does not shorten it. */
    void stop() {
        boolean interrupted = false;
        terminate();
        long killAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(KILL_AFTER_MILLIS);
        boolean killed = false;
        while (process.isAlive()) {
            try {
                long left = killed ? KILL_AFTER_MILLIS : (killAt - System.nanoTime()) / 1_000_000;
                if (left <= 0 || !process.waitFor(left, TimeUnit.MILLISECONDS)) {
                    kill();
                    killed = true;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        end();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills what the process has left behind, once it has ended itself. */
    synchronized void end() {
        if (!ended) {
            ended = true;
            Guardian.end(process.pid());
        }
    }
}

package io.jobmon.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** JVMs of the tests' own: to be killed, paused, told to stop. All of them end with this JVM. */
final class Forks implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String CHILD = "isolate.ChildMain";
    private static final String TRAINING = "-XX:ArchiveClassesAtExit=";

    /** Whether a process runs: one that is defunct does not. */
    static boolean lives(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    /** The child JVMs of a worker's JVM, one for each busy slot. */
    static List<Long> childJvms(ProcessHandle of) {
        return jvms(of, command -> command.contains(CHILD) && !command.contains(TRAINING));
    }

    /** The child JVM that makes a class archive, if there is one now. */
    static List<Long> training(ProcessHandle of) {
        return jvms(of, command -> command.contains(CHILD) && command.contains(TRAINING));
    }

    private static List<Long> jvms(ProcessHandle of, Predicate<String> wanted) {
        return of.descendants()
                .map(ProcessHandle::pid)
                .filter(Forks::lives)
                .filter(pid -> wanted.test(commandLine(pid)))
                .toList();
    }

    /** ProcessHandle knows no long ones. */
    static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private final Path folder;
    private final List<Fork> forks = new ArrayList<>();

    /**
     * Makes none yet.
     *
     * @param folder where they write their logs, and count executions
     */
    Forks(Path folder) {
        this.folder = folder;
    }

    /** A JVM. */
    record Fork(Process process, Path log) {

        long pid() {
            return process.pid();
        }

        void signal(String name) {
            Forks.signal(pid(), name);
        }

        /** Ends it at once, and waits until it is gone. */
        void kill() {
            signal("KILL");
            exitCode();
        }

        int exitCode() {
            try {
                if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    throw new AssertionError("it does not end: " + output());
                }
                return process.exitValue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        String output() {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Starts a main of the test sources. */
    Fork start(Class<?> main, Map<String, String> environment, String... arguments) throws IOException {
        return start(System.getProperty("java.class.path"), main, environment, arguments);
    }

    /** Starts a main of the test sources from another class path. */
    Fork start(String classPath, Class<?> main, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-D" + Executions.FOLDER + "=" + folder,
                "-cp",
                classPath,
                main.getName()));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(folder, "fork-", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        Fork fork = new Fork(builder.start(), log);
        forks.add(fork);
        return fork;
    }

    /** Starts a worker that runs the jobs of the tests; its lease is 0.8 s. */
    Fork worker(TestServer server, int slots, String... tags) throws IOException {
        return start(WorkerMain.class, Map.of(), server.uri(), Integer.toString(slots), String.join(",", tags));
    }

    /** A worker on a host where frail experiments fail. */
    Fork brokenWorker(TestServer server, int slots, Duration heartbeat) throws IOException {
        Map<String, String> environment =
                Map.of(Moody.BROKEN, "1", WorkerMain.HEARTBEAT, Long.toString(heartbeat.toMillis()));
        return start(WorkerMain.class, environment, server.uri(), Integer.toString(slots), "");
    }

    List<Fork> alive() {
        return forks.stream().filter(fork -> fork.process().isAlive()).toList();
    }

    /** What all of them have said. */
    String output() {
        StringBuilder all = new StringBuilder();
        forks.forEach(fork ->
                all.append(fork.pid()).append(": ").append(fork.output()).append('\n'));
        return all.toString();
    }

    static void signal(long pid, String name) {
        send(name, Long.toString(positive(pid)));
    }

    /** Signals all processes of a group. */
    static void signalGroup(long leader, String name) {
        send(name, "-" + positive(leader));
    }

    /** A slip here would end all processes of this user. */
    private static long positive(long pid) {
        if (pid <= 1) {
            throw new IllegalArgumentException("no process of a test: " + pid);
        }
        return pid;
    }

    /** By the shell's own kill: that of procps 4.0.2 takes -123 for -1, which is every process there is. */
    private static void send(String name, String target) {
        try {
            new ProcessBuilder("sh", "-c", "kill -s \"$1\" -- \"$2\" 2>/dev/null", "sh", name, target)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether a process has ended, also while nobody has asked for its exit code yet. */
    static boolean gone(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (IOException e) {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
        }
    }

    @Override
    public void close() {
        for (Fork fork : alive()) {
            fork.kill();
        }
    }
}

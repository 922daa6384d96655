package io.jobmon.core.isolate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Ends the processes that an experiment has started in a child JVM and left behind. */
final class Offspring {

    private static final Path PROC = Path.of("/proc");
    private static final String REAPER = "process reaper";

    private Offspring() {}

    /** Whether this JVM has started a process of late: the threads that wait for them stay for a minute. */
    static boolean possible() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] threads = new Thread[root.activeCount() + 8];
        int count = root.enumerate(threads, true);
        for (int i = 0; i < count; i++) {
            if (threads[i].getName().startsWith(REAPER)) {
                return true;
            }
        }
        return false;
    }

    /** Kills them: descendants, the rest of the process group, and whoever carries the mark of this child's worker and group. */
    static void end() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        if (!Files.isDirectory(PROC)) {
            return;
        }
        long self = ProcessHandle.current().pid();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path folder : folders) {
                long pid = Long.parseLong(folder.getFileName().toString());
                if (pid != self && mine(folder, self)) {
                    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        } catch (IOException e) {
            // What cannot be listed is left to the guardian.
        }
    }

    /** Of the group that this process leads, or marked by it. */
    private static boolean mine(Path folder, long self) {
        try {
            String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] after = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            if (after[2].equals(Long.toString(self))) {
                return true;
            }
            return Strays.carries(folder, Child.MARK + "=" + System.getenv(Child.MARK));
        } catch (IOException | IndexOutOfBoundsException e) {
            return false;
        }
    }
}

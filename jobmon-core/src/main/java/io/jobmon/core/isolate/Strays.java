package io.jobmon.core.isolate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Processes that have left the group they were started in, and still carry its mark in their environment. Where there is /proc. */
final class Strays {

    private static final Path PROC = Path.of("/proc");
    private static final boolean KNOWN = Files.isDirectory(PROC);

    /** Its last field is the number that was given to a process last. */
    private static final Path NUMBERS = PROC.resolve("loadavg");

    /** To look at so many numbers takes as long as to look at all processes. */
    private static final long MANY = 2000;

    private static final int ROUNDS = 10;
    private static final long STARTING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private Strays() {}

    /**
     * Kills them.
     *
     * @param mark a variable and its value: {@code NAME=value}
     * @return whether there were any
     */
    static boolean kill(String mark) {
        boolean found = false;
        if (!KNOWN) {
            return false;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path each : all) {
                found |= kill(each, mark);
            }
        } catch (IOException e) {
            // What cannot be listed is left to the guardian.
        }
        return found;
    }

    /**
     * Kills those that are younger than a process that has ended a moment ago: whatever it started has a higher number, unless
     * numbers began anew. In most cases there are none or few of these, so that this takes microseconds.
     *
     * @param pid the process
     * @param mark a variable and its value: {@code NAME=value}
     * @return false if there were none for sure
     */
    static boolean killSince(long pid, String mark) {
        for (int round = 0; round < ROUNDS; round++) {
            // One that is killed may have started another just before.
            if (!killOnceSince(pid, mark)) {
                return !KNOWN || round > 0;
            }
        }
        return true;
    }

    private static boolean killOnceSince(long pid, String mark) {
        long last;
        try {
            String numbers =
                    Files.readString(NUMBERS, StandardCharsets.US_ASCII).strip();
            last = Long.parseLong(numbers.substring(numbers.lastIndexOf(' ') + 1));
        } catch (IOException | NumberFormatException e) {
            return kill(mark);
        }
        if (last < pid || last - pid > MANY) {
            return kill(mark);
        }
        boolean found = false;
        for (long next = pid + 1; next <= last; next++) {
            Path folder = PROC.resolve(Long.toString(next));
            found |= folder.toFile().exists() && kill(folder, mark);
        }
        return found;
    }

    private static boolean kill(Path folder, String mark) {
        if (!carries(folder, mark)) {
            return false;
        }
        ProcessHandle.of(Long.parseLong(folder.getFileName().toString())).ifPresent(ProcessHandle::destroyForcibly);
        return true;
    }

    static boolean carries(Path folder, String mark) {
        try {
            String environment = environment(folder);
            long until = System.nanoTime() + STARTING_NANOS;
            while (environment.isEmpty() && System.nanoTime() < until) {
                // One that is just starting a program has none for a moment. Of the dead there is no program, and an
                // exception.
                Files.readSymbolicLink(folder.resolve("exe"));
                LockSupport.parkNanos(LOOK_NANOS);
                environment = environment(folder);
            }
            return ('\0' + environment).contains('\0' + mark + '\0');
        } catch (IOException e) {
            return false;
        }
    }

    private static String environment(Path folder) throws IOException {
        return Files.readString(folder.resolve("environ"), StandardCharsets.ISO_8859_1);
    }
}

package io.jobmon.core.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells of a process, and other systems do not. Thread safety: stateless. */
final class ProcessStat {

    private static final int STATE = 0;

    /** Field 22 of proc(5), counted from the state, which is field 3. */
    private static final int START_TICKS = 19;

    private ProcessStat() {}

    /** Whether it has ended, and only nobody has asked for its exit code; false where that cannot be told. */
    static boolean defunct(long pid) {
        try {
            return fields(pid)[STATE].equals("Z");
        } catch (IOException e) {
            return false;
        }
    }

    /** This start of the machine and the process' start, in ticks since then; empty where that cannot be told. */
    static String token(long pid) {
        try {
            String boot =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            return boot + " " + fields(pid)[START_TICKS];
        } catch (IOException e) {
            return "";
        }
    }

    private static String[] fields(long pid) throws IOException {
        // The second field, the name, may hold anything.
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }
}

package io.jobmon.core;

import io.jobmon.JobMonException;
import io.jobmon.core.watch.Notices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where Redis is, as a launcher says it: by a variable, or by a file that others cannot read. */
final class RedisAddress {

    private static final String URI = "JOBMON_REDIS";
    private static final String FILE = "JOBMON_REDIS_FILE";
    private static final String ONCE = "JOBMON_REDIS_ONCE";

    private RedisAddress() {}

    static String read(Map<String, String> environment) {
        @Nullable String uri = environment.get(URI);
        @Nullable String file = environment.get(FILE);
        boolean once = once(environment.get(ONCE));
        if (uri != null && file != null) {
            throw new JobMonException("Both JOBMON_REDIS and JOBMON_REDIS_FILE are set; leave one.");
        }
        if (once && file == null) {
            throw new JobMonException(
                    "JOBMON_REDIS_ONCE is true, but there is no file to delete; set JOBMON_REDIS_FILE.");
        }
        if (uri != null) {
            return uri;
        }
        if (file == null) {
            throw new JobMonException(
                    "Neither JOBMON_REDIS nor JOBMON_REDIS_FILE is set; set JOBMON_REDIS to a URI such"
                            + " as redis://head:6379, or JOBMON_REDIS_FILE to a file that holds one.");
        }
        try {
            Path path = Path.of(file);
            String text = Files.readString(path).trim();
            if (text.contains("@") && othersRead(path)) {
                Notices.say("Other users can read " + file + ", which holds the password of Redis: chmod 600 " + file);
            }
            if (once) {
                delete(path);
            }
            return text;
        } catch (IOException | InvalidPathException e) {
            throw new JobMonException(
                    "JOBMON_REDIS_FILE names " + file + ", which cannot be read; check the path and its rights.", e);
        }
    }

    private static boolean once(@Nullable String text) {
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw new JobMonException("JOBMON_REDIS_ONCE is '" + text + "'; give true or false.");
    }

    private static boolean othersRead(Path file) throws IOException {
        try {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
            return rights.contains(PosixFilePermission.GROUP_READ) || rights.contains(PosixFilePermission.OTHERS_READ);
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            Notices.say(
                    "The file " + file + " holds the address of Redis and was to be deleted once read, which failed ("
                            + e + "); delete it.");
        }
    }
}

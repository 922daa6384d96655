package io.jobmon.core.isolate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One small shell beside this JVM. It knows the process groups that this JVM has started, and kills them if the JVM is
 * killed; then it removes their folders. It also sends signals to groups, which Java cannot.
 *
 * <p>Thread safety: any number of threads.
 */
public final class Guardian {

    private static final Logger LOG = LoggerFactory.getLogger(Guardian.class);

    /** In the environment of all that this JVM starts; no secret. */
    static final String MARK = "JOBMON_MARK";

    private static final String OWN_MARK = mark();
    private static final Charset PATHS = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    private static final String SCRIPT = script();
    private static final Object LOCK = new Object();
    private static final Set<Long> GUARDED = new TreeSet<>();
    private static final Set<Path> FOLDERS = new LinkedHashSet<>();
    private static boolean ending;
    private static int starting;
    private static @Nullable Process shell;
    private static @Nullable BufferedReader answers;

    private Guardian() {}

    private static String mark() {
        byte[] random = new byte[12];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static String script() {
        try (InputStream in = Guardian.class.getResourceAsStream("guardian.sh")) {
            if (in == null) {
                throw new IllegalStateException("guardian.sh is missing from the jar of jobmon-core");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts the mark into the environment of a process to be. */
    static void mark(Map<String, String> environment) {
        environment.put(MARK, OWN_MARK);
    }

    /** Something is being started: it carries the mark already, but nobody knows its number. From here on it is guarded. */
    static void begin() {
        synchronized (LOCK) {
            starting++;
            try {
                running();
            } catch (IOException e) {
                unguarded(e);
            }
        }
    }

    /** It was added, or could not be started. */
    static void begun() {
        synchronized (LOCK) {
            starting--;
        }
    }

    /** Removes a folder for temporary files when this JVM has ended and all that it has started. */
    static void folder(Path folder) {
        synchronized (LOCK) {
            FOLDERS.add(folder);
            try {
                if (shell != null) {
                    write(shell, tell(folder));
                }
            } catch (IOException e) {
                // Another shell will be told.
                LOG.debug("The shell that guards child processes is gone.", e);
            }
        }
    }

    private static String tell(Path folder) {
        return "folder " + folder.toAbsolutePath();
    }

    /**
     * Says that this JVM is ending.
     *
     * @return whether the shell outlives it, and removes the folders
     */
    static boolean outlives() {
        synchronized (LOCK) {
            ending = true;
            return shell != null && shell.isAlive();
        }
    }

    static void add(long pid) {
        synchronized (LOCK) {
            GUARDED.add(pid);
            tell("add", pid);
        }
    }

    /** Kills what is left of a group and forgets it. */
    static void end(long pid) {
        synchronized (LOCK) {
            tell("end", pid);
            GUARDED.remove(pid);
        }
    }

    static void terminate(long pid) {
        tell("term", pid);
    }

    static void kill(long pid) {
        tell("kill", pid);
    }

    private static void tell(String verb, long pid) {
        synchronized (LOCK) {
            try {
                write(running(), verb + ' ' + pid);
            } catch (IOException e) {
                anew(verb, pid);
            }
        }
    }

    private static void write(Process to, String line) throws IOException {
        OutputStream out = to.getOutputStream();
        out.write((line + '\n').getBytes(PATHS));
        out.flush();
    }

    /** Somebody has killed the shell: another one takes over. */
    private static void anew(String verb, long pid) {
        shell = null;
        try {
            write(running(), verb + ' ' + pid);
        } catch (IOException e) {
            unguarded(e);
        }
    }

    private static void unguarded(IOException e) {
        LOG.warn(
                "The shell that guards child processes cannot be started ({}); if this JVM is killed, they stay.",
                e.toString());
    }

    private static Process running() throws IOException {
        Process now = shell;
        if (now == null || !now.isAlive()) {
            ProcessBuilder builder = new ProcessBuilder(
                            ProcessGroup.apart("/bin/sh", "-c", SCRIPT, "jobmon-guardian", OWN_MARK))
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().keySet().removeIf(name -> name.startsWith("JOBMON_"));
            now = builder.start();
            shell = now;
            answers = now.inputReader(StandardCharsets.US_ASCII);
            for (long guarded : GUARDED) {
                write(now, "add " + guarded);
            }
            for (Path folder : FOLDERS) {
                write(now, tell(folder));
            }
        }
        return now;
    }

    /**
     * Waits until the shell has done all it was told.
     *
     * @return the groups it guards, with blanks between
     */
    static String settle() {
        synchronized (LOCK) {
            try {
                if (shell != null && answers != null) {
                    write(shell, "list 0");
                    String groups = answers.readLine();
                    return groups == null ? "" : groups;
                }
            } catch (IOException e) {
                LOG.debug("The shell that guards child processes is gone.", e);
            }
            return "";
        }
    }

    /** Ends the shell if it guards nothing; it is started again when it is needed. */
    public static void rest() {
        synchronized (LOCK) {
            Process now = shell;
            if (now == null || starting > 0 || !GUARDED.isEmpty()) {
                return;
            }
            shell = null;
            answers = null;
            try {
                if (!ending) {
                    // The folders are still of use.
                    write(now, "keep 0");
                }
                now.getOutputStream().close();
                if (!now.waitFor(5, TimeUnit.SECONDS)) {
                    now.destroyForcibly();
                }
            } catch (IOException e) {
                now.destroyForcibly();
            } catch (InterruptedException e) {
                now.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}

package io.jobmon.core.local;

import io.jobmon.JobMonException;
import io.jobmon.spi.Head;
import io.jobmon.spi.Heads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Heads on this machine. Their Redis ends with the head's process, also when that is killed: nothing runs that nobody looks
 * after.
 *
 * <p>Thread safety: any number of threads.
 */
public final class LocalHeads implements Heads {

    /** What a head that cannot start says before the reason. */
    public static final String REFUSED = "jobmon-head: ";

    private static final Duration KILL_LIMIT = Duration.ofSeconds(20);
    private static final long POLL_MILLIS = 20;

    private final Class<?> main;

    /**
     * Prepares nothing yet.
     *
     * @param main the program of a head; its arguments are the folder and, perhaps, where to listen
     */
    public LocalHeads(Class<?> main) {
        this.main = main;
    }

    @Override
    public Head spawn(Path folder, @Nullable String listen) {
        ListenAddress.parse(listen);
        refuseSecond(folder);
        Path directory = LocalFolder.make(folder);
        try {
            HeadFiles files = new HeadFiles(directory);
            files.rotateLog();
            HeadProcess process = HeadProcess.start(main, files, listen);
            while (process.alive()) {
                Optional<Head> head = find(folder);
                if (head.isPresent() && head.get().pid() == process.pid()) {
                    return head.get();
                }
                if (head.isPresent()) {
                    // Another was faster; ours must not come to life when that one ends.
                    process.end();
                    break;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            refuseSecond(folder);
            throw new JobMonException(process.lastWords());
        } catch (IOException e) {
            throw unusable(folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobMonException(
                    "Interrupted while the head of " + folder + " was starting; it goes on (jm killspawn ends it).", e);
        }
    }

    private void refuseSecond(Path folder) {
        find(folder).ifPresent(head -> {
            throw new JobMonException("A head runs in " + folder + " already: process " + head.pid() + " since "
                    + head.since() + ", Redis at " + head.address() + "; use it, or end it first (jm killspawn).");
        });
    }

    @Override
    public Optional<Head> find(Path folder) {
        HeadFiles files = files(folder);
        try {
            Optional<HeadRecord> record = files.record();
            if (record.isEmpty()) {
                return Optional.empty();
            }
            Optional<HeadAddress> address = files.address();
            if (!here(record.get())) {
                return Optional.of(head(files, record.get(), elsewhere(folder, record.get(), address)));
            }
            if (!record.get().process().alive()) {
                return Optional.empty();
            }
            return Optional.of(head(
                    files,
                    record.get(),
                    address.orElseThrow(() -> new JobMonException("A head runs in " + folder + " as process "
                            + record.get().process().pid() + ", but its address in " + files.uriFile()
                            + " is gone or can be read by others: end it (jm killspawn) and start another."))));
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private static boolean here(HeadRecord record) {
        return record.machine().equals(HeadFiles.machine());
    }

    /** The process of another machine cannot be seen, but its Redis may answer. */
    private static HeadAddress elsewhere(Path folder, HeadRecord record, Optional<HeadAddress> address) {
        return address.filter(there ->
                        !there.isLoopback() && RedisProbe.answers(there.host(), there.port(), there.password()))
                .orElseThrow(() -> new JobMonException("The head of " + folder + " was started on " + record.machine()
                        + " and cannot be reached from here; look there, or delete " + folder.resolve("head")
                        + " if that machine is no more."));
    }

    private static Head head(HeadFiles files, HeadRecord record, HeadAddress address) {
        return new Head(
                files.folder(),
                address.uri(),
                files.uriFile(),
                files.log(),
                record.process().pid(),
                address.hostAndPort(),
                record.process().start(),
                address.notices());
    }

    @Override
    public void kill(Path folder, Duration grace) {
        HeadFiles files = files(folder);
        try {
            HeadRecord record =
                    files.record().orElseThrow(() -> new JobMonException("No head runs in " + folder + "."));
            ServerRecord process = record.process();
            if (!here(record)) {
                throw new JobMonException(
                        "The head of " + folder + " was started on " + record.machine() + "; end it there.");
            }
            if (!process.alive()) {
                files.forget(record);
                throw new JobMonException("No head runs in " + folder + " any more: process " + process.pid() + " of "
                        + process.start() + " has ended without a word. Its data are kept; start another (jm spawn).");
            }
            end(folder, process, grace);
            files.forget(record);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private static void end(Path folder, ServerRecord process, Duration grace) throws IOException {
        Optional<ServerRecord> server = ServerRecord.read(folder.resolve("server"));
        process.ask();
        if (!process.awaitEnd(grace)) {
            process.end();
        }
        // A guard ends the server of a head that was killed.
        boolean gone = process.awaitEnd(KILL_LIMIT)
                && (server.isEmpty()
                        || server.get().awaitEnd(KILL_LIMIT)
                        || server.get().kill(KILL_LIMIT));
        if (!gone) {
            throw new JobMonException("The head of " + folder + ", process " + process.pid()
                    + ", does not end, not even by SIGKILL; look whether it is in state D.");
        }
    }

    private static HeadFiles files(Path folder) {
        if (folder == null) {
            throw new JobMonException("The folder of the head is null; give one.");
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new JobMonException("The folder " + folder + " is a file; give a folder.");
        }
        return new HeadFiles(folder.toAbsolutePath().normalize());
    }

    private static JobMonException unusable(Path folder, IOException e) {
        return new JobMonException(
                "Cannot use the folder " + folder + " (" + Folders.reason(e)
                        + "); choose one on a local disk in which this user may write.",
                e);
    }
}

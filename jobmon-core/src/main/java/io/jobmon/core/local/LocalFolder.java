package io.jobmon.core.local;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * What lies in the folder of JobMon.local(dir) or of a head, and who may use it.
 *
 *   lock       locked while a program has the folder open; holds its process id
 *   server     which process the Redis server is, see ServerRecord
 *   orderly    there only if the last program closed the folder in order
 *   data       the server's data
 *   redis.log  what the server says, and redis.log.1, what it said before
 *   head       which process the head is, and redis, its address: see HeadFiles
 *
 * POSIX drops a lock when the process closes *any* descriptor of the file. So a program looks into OPEN before it touches the
 * lock file of a folder that it has open itself, and a channel that met a lock of the same JVM (of another class loader) is
 * never closed.
 */

/** The folder of a local instance, held by one program at a time. Thread safety: for the thread that opened it. */
final class LocalFolder {

    private static final Logger LOG = LoggerFactory.getLogger(LocalFolder.class);
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();
    private static final Queue<FileChannel> NEVER_CLOSED = new ConcurrentLinkedQueue<>();
    private static final long LOG_LIMIT = 1 << 20;
    private static final Duration OLD_SERVER_LIMIT = Duration.ofSeconds(20);

    private final Path directory;
    private final FileChannel channel;
    private final boolean lastStopWasOrderly;

    private LocalFolder(Path directory, FileChannel channel, boolean lastStopWasOrderly) {
        this.directory = directory;
        this.channel = channel;
        this.lastStopWasOrderly = lastStopWasOrderly;
    }

    /** Takes the folder, and waits for the server of a killed program to be gone. */
    static LocalFolder open(Path given) {
        Path directory = make(given);
        if (!OPEN.add(directory)) {
            throw inUse(given, "this program");
        }
        FileChannel channel = null;
        boolean opened = false;
        try {
            channel = lock(given, directory);
            LocalFolder folder = enter(given, directory, channel);
            opened = true;
            return folder;
        } catch (IOException e) {
            throw unusable(given, e);
        } finally {
            if (!opened) {
                release(directory, channel);
            }
        }
    }

    static Path make(Path given) {
        try {
            Files.createDirectories(given);
            return given.toRealPath();
        } catch (IOException e) {
            throw unusable(given, e);
        }
    }

    private static FileChannel lock(Path given, Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve("lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                JobMonException refusal = refusal(given, directory, holder(channel));
                channel.close();
                throw refusal;
            }
        } catch (OverlappingFileLockException e) {
            NEVER_CLOSED.add(channel);
            throw inUse(given, "this program");
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0).write(ByteBuffer.wrap(pid), 0);
        return channel;
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
        return text.matches("\\d+") ? "process " + text : "another process";
    }

    private static LocalFolder enter(Path given, Path directory, FileChannel channel) throws IOException {
        awaitOldServer(given, directory);
        Path data = directory.resolve("data");
        takeOver(directory.resolve("redis"), data);
        boolean orderly = !Files.exists(data) | Files.deleteIfExists(directory.resolve("orderly"));
        LocalFolder folder = new LocalFolder(directory, channel, orderly);
        Folders.makePrivate(data);
        if (Files.exists(folder.log()) && Files.size(folder.log()) > LOG_LIMIT) {
            Files.move(folder.log(), directory.resolve("redis.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return folder;
    }

    /** Data had another name once. */
    private static void takeOver(Path old, Path data) throws IOException {
        if (Files.isDirectory(old, LinkOption.NOFOLLOW_LINKS) && !Files.exists(data)) {
            Files.move(old, data);
        }
    }

    private static void awaitOldServer(Path given, Path directory) throws IOException {
        Optional<ServerRecord> record = ServerRecord.read(directory.resolve("server"));
        if (record.isEmpty()) {
            return;
        }
        if (!record.get().awaitEnd(OLD_SERVER_LIMIT)) {
            LOG.warn(
                    "Redis process {} of {} has not ended by itself; it is killed",
                    record.get().pid(),
                    given);
            if (!record.get().kill(OLD_SERVER_LIMIT)) {
                throw new JobMonException("The Redis server of the program that last used the folder " + given
                        + " is still running as process " + record.get().pid() + "; end it, or choose another folder.");
            }
        }
    }

    private static JobMonException refusal(Path given, Path directory, String who) throws IOException {
        HeadFiles files = new HeadFiles(directory);
        Optional<HeadRecord> head = files.record();
        return head.isPresent() && who.equals("process " + head.get().process().pid())
                ? new JobMonException("The folder " + given + " is in use by a head, " + who
                        + ": connect to it (its address is in " + files.uriFile() + "), or end it with jm killspawn.")
                : inUse(given, who);
    }

    private static JobMonException inUse(Path given, String who) {
        return new JobMonException("The folder " + given + " is in use by " + who
                + " (another JobMon.local(..)); close it or choose another folder.");
    }

    private static JobMonException unusable(Path given, IOException e) {
        return new JobMonException(
                "Cannot use the folder " + given + " (" + Folders.reason(e)
                        + "); choose one on a local disk in which this user may write.",
                e);
    }

    private static void release(Path directory, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("closing the lock of {}", directory, e);
        } finally {
            OPEN.remove(directory);
        }
    }

    /** The folder itself, without symbolic links. */
    Path directory() {
        return directory;
    }

    /** The server's working folder. */
    Path data() {
        return directory.resolve("data");
    }

    /** What the server prints. */
    Path log() {
        return directory.resolve("redis.log");
    }

    boolean lastStopWasOrderly() {
        return lastStopWasOrderly;
    }

    /** Notes which process the server is, for the next program should this one be killed. */
    void record(long pid) {
        try {
            ServerRecord.write(directory.resolve("server"), pid);
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    /** Frees the folder; the server must have ended. */
    void close(boolean orderly) {
        try {
            Files.deleteIfExists(directory.resolve("server"));
            if (orderly) {
                Files.writeString(directory.resolve("orderly"), "");
            }
        } catch (IOException e) {
            LOG.warn("Cannot note in {} that it was closed in order", directory, e);
        } finally {
            release(directory, channel);
        }
    }
}

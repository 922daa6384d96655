package io.jobmon.core.isolate;

import io.jobmon.core.identity.CommandFile;
import io.jobmon.core.identity.UnreadyException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The worker's own copy of a job's files, read-only, checked by content when it is made, and by size and time whenever it is
 * laid out. What is laid out is a copy again, never a link: a program that writes to its files changes them for nobody else. It
 * lies in the folder for temporary files and ends with the JVM.
 *
 * <p>Thread safety: any number of threads.
 */
final class FileStore {

    private record Kept(CommandFile file, Path copy, long size, FileTime modified) {

        boolean unchanged() throws IOException {
            BasicFileAttributes now = Files.readAttributes(copy, BasicFileAttributes.class);
            return now.size() == size && now.lastModifiedTime().equals(modified);
        }
    }

    private final List<Kept> kept = new ArrayList<>();

    private FileStore() {}

    /**
     * Copies files.
     *
     * @throws UnreadyException if one is not what it was when the job was looked at, or cannot be copied
     */
    static FileStore of(String job, List<CommandFile> files) {
        FileStore store = new FileStore();
        if (files.isEmpty()) {
            return store;
        }
        Path folder = null;
        boolean whole = false;
        try {
            folder = Folders.make("files-");
            for (CommandFile file : files) {
                store.kept.add(keep(job, folder, file));
            }
            whole = true;
            return store;
        } catch (IOException e) {
            throw new UnreadyException(job, "its files cannot be copied (" + e + ")");
        } finally {
            if (folder != null && !whole) {
                Folders.remove(folder);
            }
        }
    }

    private static Kept keep(String job, Path folder, CommandFile file) throws IOException {
        Path copy = folder.resolve(file.name());
        Files.createDirectories(parent(copy));
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file.path());
                OutputStream out = new DigestOutputStream(Files.newOutputStream(copy), digest)) {
            in.transferTo(out);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(file.sha256())) {
            throw new UnreadyException(job, "its file " + file.name() + " has changed meanwhile");
        }
        seal(copy, file);
        BasicFileAttributes attributes = Files.readAttributes(copy, BasicFileAttributes.class);
        return new Kept(file, copy, attributes.size(), attributes.lastModifiedTime());
    }

    private static void seal(Path copy, CommandFile file) {
        copy.toFile().setWritable(false, false);
        if (file.executable()) {
            copy.toFile().setExecutable(true, false);
        }
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /** Lays all files into a folder under their names. */
    void lay(Path folder) throws IOException {
        for (Kept each : kept) {
            if (!each.unchanged()) {
                throw new IOException("the worker's copy of " + each.file.name() + ", " + each.copy
                        + ", was changed by somebody; start the worker anew");
            }
            Path target = folder.resolve(each.file.name());
            Files.createDirectories(parent(target));
            Files.copy(each.copy, target);
            seal(target, each.file);
        }
    }
}

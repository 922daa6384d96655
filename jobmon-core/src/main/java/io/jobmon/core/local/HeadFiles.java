package io.jobmon.core.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a head leaves in its folder beside the data: {@code redis}, the URI, for the owner alone, which stays for the next head;
 * {@code head}, which process it is, while it runs; {@code head.log}, what it says. Thread safety: stateless.
 *
 * @param folder the folder
 */
record HeadFiles(Path folder) {

    private static final FileAttribute<Set<PosixFilePermission>> MINE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final long LOG_LIMIT = 1 << 20;

    Path uriFile() {
        return folder.resolve("redis");
    }

    Path log() {
        return folder.resolve("head.log");
    }

    private Path recordFile() {
        return folder.resolve("head");
    }

    /** The process; empty if there is no record, or one that was cut short. */
    Optional<HeadRecord> record() throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(recordFile());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return ServerRecord.parse(lines)
                .flatMap(process -> lines.stream()
                        .skip(process.lines().size())
                        .findFirst()
                        .map(machine -> new HeadRecord(process, machine)));
    }

    /** Notes that this process is the head. */
    void record(ServerRecord process) throws IOException {
        List<String> lines = new ArrayList<>(process.lines());
        lines.add(machine());
        put(recordFile(), String.join("\n", lines) + "\n");
    }

    /** Deletes the record of this process. */
    void forget() throws IOException {
        Files.deleteIfExists(recordFile());
    }

    /** Deletes the record, unless another head has left its own meanwhile. */
    void forget(HeadRecord gone) throws IOException {
        if (record().filter(gone::equals).isPresent()) {
            Files.deleteIfExists(recordFile());
        }
    }

    /** The address of this head, or of the last one, unless others have seen it or it cannot be read. */
    Optional<HeadAddress> address() throws IOException {
        try {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(uriFile());
            return rights.equals(PosixFilePermissions.fromString("rw-------"))
                            || rights.equals(PosixFilePermissions.fromString("r--------"))
                    ? HeadAddress.parse(Files.readString(uriFile()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void address(HeadAddress address) throws IOException {
        put(uriFile(), address.uri() + "\n");
    }

    /** Writes a file that only its owner can read, so that nobody sees half of it. */
    private void put(Path file, String text) throws IOException {
        Path draft = Files.createTempFile(folder, ".head-", "", MINE);
        try {
            Files.writeString(draft, text);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    void rotateLog() throws IOException {
        if (Files.exists(log()) && Files.size(log()) > LOG_LIMIT) {
            Files.move(log(), folder.resolve("head.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    static String machine() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return named();
        }
    }

    private static String named() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}

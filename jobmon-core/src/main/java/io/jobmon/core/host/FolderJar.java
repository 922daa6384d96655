package io.jobmon.core.host;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A folder of classes as a jar: the same content gives the same bytes, wherever and whenever it was compiled. */
final class FolderJar {

    /** The earliest time that a zip file can hold, in whatever zone it is read. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 2, 0, 0);

    private FolderJar() {}

    /** Packs a folder; false if it holds no file. */
    static boolean pack(Path folder, Path jar) {
        try {
            List<Path> files = files(folder);
            if (files.isEmpty()) {
                return false;
            }
            try (OutputStream out = Files.newOutputStream(jar);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                for (Path file : files) {
                    ZipEntry entry = new ZipEntry(folder.relativize(file)
                            .toString()
                            .replace(file.getFileSystem().getSeparator(), "/"));
                    entry.setTimeLocal(TIME);
                    zip.putNextEntry(entry);
                    Files.copy(file, zip);
                    zip.closeEntry();
                }
            }
            return true;
        } catch (IOException | UncheckedIOException e) {
            throw new JobMonException("The folder " + folder + " of the class path cannot be packed: " + e, e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }
}

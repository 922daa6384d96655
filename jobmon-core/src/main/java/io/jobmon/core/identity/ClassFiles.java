package io.jobmon.core.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * The class files of a job as they were when its code was digested, so that another JVM can see whether they still are the
 * same. It is against rebuilding a program under a running worker, not against malice.
 *
 * <p>Thread safety: immutable.
 *
 * @param names the classes, with slashes, sorted
 * @param checksum CRC-32C over names and files
 */
public record ClassFiles(List<String> names, long checksum) {

    static final ClassFiles NONE = new ClassFiles(List.of(), new CRC32C().getValue());

    /**
     * Copies the list.
     *
     * @param names the classes, with slashes, sorted
     * @param checksum CRC-32C over names and files
     */
    public ClassFiles {
        names = List.copyOf(names);
    }

    static long checksum(byte[] file) {
        Checksum sum = new CRC32C();
        sum.update(file);
        return sum.getValue();
    }

    static ClassFiles of(SortedMap<String, Long> checksums) {
        Checksum all = new CRC32C();
        checksums.forEach((name, checksum) -> add(all, name, checksum));
        return new ClassFiles(List.copyOf(checksums.keySet()), all.getValue());
    }

    private static void add(Checksum all, String name, long checksum) {
        all.update(name.getBytes(StandardCharsets.UTF_8));
        all.update(ByteBuffer.allocate(Long.BYTES).putLong(checksum).array());
    }

    /**
     * Whether the files that a loader finds are these.
     *
     * @param loader the loader
     * @return false if one has changed or is gone
     */
    public boolean sameIn(ClassLoader loader) {
        Checksum all = new CRC32C();
        for (String name : names) {
            try (InputStream in = loader.getResourceAsStream(name + ".class")) {
                if (in == null) {
                    return false;
                }
                add(all, name, checksum(in.readAllBytes()));
            } catch (IOException e) {
                return false;
            }
        }
        return all.getValue() == checksum;
    }
}

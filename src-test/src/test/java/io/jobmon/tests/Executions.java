package io.jobmon.tests;

import io.jobmon.Experiment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Counts how often each experiment began, in memory that all JVMs of a test share and that no kill takes away. */
final class Executions {

    static final String FOLDER = "jobmon.test.folder";
    private static final int MOST = 1 << 20;
    private static final VarHandle COUNTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private static Path open;
    private static ByteBuffer counts;

    private Executions() {}

    /** Uses a folder in this JVM. */
    static void in(Path folder) {
        System.setProperty(FOLDER, folder.toString());
    }

    /** What all JVMs of this test share. */
    static Path folder() {
        return Path.of(System.getProperty(FOLDER));
    }

    private static synchronized ByteBuffer counts() {
        Path folder = folder();
        if (!folder.equals(open)) {
            try (FileChannel channel = FileChannel.open(
                    folder.resolve("executions"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE)) {
                counts = channel.map(FileChannel.MapMode.READ_WRITE, 0, 4L * MOST);
                open = folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return counts;
    }

    static void count(Experiment experiment) {
        COUNTS.getAndAdd(counts(), 4 * (int) experiment.index(), 1);
    }

    static int of(long index) {
        return (int) COUNTS.getVolatile(counts(), 4 * (int) index);
    }

    static long total() {
        long total = 0;
        for (int i = 0; i < MOST; i++) {
            total += of(i);
        }
        return total;
    }
}

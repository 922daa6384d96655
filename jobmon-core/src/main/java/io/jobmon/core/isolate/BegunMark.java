package io.jobmon.core.isolate;

import io.jobmon.JobMonException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.VarHandle;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The number of the run that a child has begun last, in a file of its scratch folder. The child writes it to memory that it
 * shares with the system, so that it costs nothing and outlives every kind of death.
 */
final class BegunMark {

    private static final String NAME = "begun";

    private final MappedByteBuffer memory;

    private BegunMark(MappedByteBuffer memory) {
        this.memory = memory;
    }

    /**
     * Makes the file: no run has begun.
     *
     * @param scratch the child's folder
     * @throws JobMonException if there is no room
     */
    static void make(Path scratch) {
        try {
            // Written, not just made as long: to memory for which the disk has no room nobody can write.
            Files.write(scratch.resolve(NAME), new byte[Long.BYTES]);
        } catch (IOException e) {
            throw new JobMonException("No file can be made in the scratch folder " + scratch + "; make room there.", e);
        }
    }

    /** Opens the file in the child. */
    static BegunMark open(Path scratch) throws IOException {
        try (FileChannel file =
                FileChannel.open(scratch.resolve(NAME), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new BegunMark(file.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES));
        }
    }

    /** Says in the child that user code of a run is next. */
    void begin(long run) {
        memory.putLong(0, run);
        // Not to be moved behind user code.
        VarHandle.fullFence();
    }

    /**
     * Looks, in the monitor, what a child has begun that does nothing any more.
     *
     * @param scratch the child's folder
     * @param run a run
     * @return false if user code of this run has not begun for sure
     */
    static boolean begun(Path scratch, long run) {
        try (InputStream in = Files.newInputStream(scratch.resolve(NAME))) {
            return new DataInputStream(in).readLong() >= run;
        } catch (IOException e) {
            // User code has removed it.
            return true;
        }
    }
}

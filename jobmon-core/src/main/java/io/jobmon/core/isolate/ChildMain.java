package io.jobmon.core.isolate;

import io.jobmon.Job;
import io.jobmon.core.codec.OutcomeType;
import io.jobmon.core.codec.ParameterType;
import io.jobmon.core.identity.ClassFiles;
import io.jobmon.core.identity.Identities;
import io.jobmon.core.space.Space;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The main class of a child JVM. It learns jobs and sweeps from its standard input, which only its parent has, and ends when
 * that ends. It runs what its parent asks for, one experiment at a time.
 */
final class ChildMain {

    /** The pipe that standard input is; opened anew, it is another file descriptor. */
    private static final String INPUT = "/dev/fd/0";

    private final DataInputStream parent;
    private final Map<Integer, ChildJob<?, ?>> jobs = new ConcurrentHashMap<>();
    private final Map<Integer, ChildSweep<?, ?>> sweeps = new ConcurrentHashMap<>();
    private final Object learned = new Object();

    private ChildMain(DataInputStream parent) {
        this.parent = parent;
    }

    /** A job, and how its parameters are made and its outcomes written. */
    record ChildJob<P, R>(Job<P, R> job, ParameterType<P> parameters, OutcomeType.Writer<R> writer) {

        static <P, R> ChildJob<P, R> of(Job<P, R> job) {
            String name = job.name();
            return new ChildJob<>(
                    job,
                    ParameterType.of(Identities.parameterType(job), name),
                    OutcomeType.<R>of(Identities.outcomeType(job), name).writer());
        }
    }

    /** A sweep: from index to parameters and seed. */
    record ChildSweep<P, R>(
            ChildJob<P, R> job, String id, Space<P> space, long points, long seed, boolean commonRandomNumbers) {}

    /**
     * Runs a child.
     *
     * @param args none
     * @throws Exception if what comes over standard input is damaged
     */
    public static void main(String[] args) throws Exception {
        DataInputStream parent = new DataInputStream(new BufferedInputStream(takeInput()));
        System.setIn(InputStream.nullInputStream());
        int port = parent.readInt();
        String work = parent.readUTF();
        String side = parent.readUTF();
        ChildStreams streams = new ChildStreams(parent.readUTF());
        Path scratch = Path.of(parent.readUTF());
        ChildMain child = new ChildMain(parent);
        // Two libraries are loaded side by side: one that connects, here the one that reads specifications.
        ChildRunner runner = new ChildRunner(() -> new ChildLink(port, work, side), streams, child::sweep, scratch);
        runner.start();
        child.learn(runner);
    }

    /**
     * Takes standard input for the parent alone: neither can user code close it, nor can a process read it that user code starts
     * with the input of this one.
     */
    private static InputStream takeInput() throws IOException {
        FileInputStream given = new FileInputStream(FileDescriptor.in);
        InputStream own;
        try {
            own = new FileInputStream(INPUT);
        } catch (FileNotFoundException e) {
            // Whoever closes it then ends this JVM, and the next experiment is asked of another.
            return given;
        }
        given.close();
        return own;
    }

    private void learn(ChildRunner runner) {
        try {
            while (true) {
                byte kind = parent.readByte();
                if (kind == Wire.JOB) {
                    int key = parent.readInt();
                    jobs.put(key, job());
                } else if (kind == Wire.SWEEP) {
                    int key = parent.readInt();
                    ChildSweep<?, ?> sweep = sweep(known(parent.readInt()));
                    synchronized (learned) {
                        sweeps.put(key, sweep);
                        learned.notifyAll();
                    }
                    runner.ready();
                } else {
                    throw new IOException("standard input says " + kind);
                }
            }
        } catch (IOException e) {
            // The parent is gone.
            Offspring.end();
            Runtime.getRuntime().halt(Wire.ORPHAN);
        } catch (Throwable e) {
            e.printStackTrace();
            System.err.flush();
            Runtime.getRuntime().halt(Wire.BROKEN);
        }
    }

    private ChildJob<?, ?> job() throws IOException, ReflectiveOperationException {
        List<String> names = new ArrayList<>();
        int count = parent.readInt();
        for (int i = 0; i < count; i++) {
            names.add(parent.readUTF());
        }
        ClassFiles files = new ClassFiles(names, parent.readLong());
        byte[] copy = Wire.bytes(parent);
        if (!files.sameIn(ChildMain.class.getClassLoader())) {
            Runtime.getRuntime().halt(Wire.OTHER_CODE);
        }
        return ChildJob.of(JobCopy.read(copy));
    }

    private ChildJob<?, ?> known(int key) throws IOException {
        ChildJob<?, ?> job = jobs.get(key);
        if (job == null) {
            throw new IOException("a sweep of job " + key + ", which was not told");
        }
        return job;
    }

    private <P, R> ChildSweep<P, R> sweep(ChildJob<P, R> job) throws IOException {
        String id = parent.readUTF();
        String specification = new String(Wire.bytes(parent), StandardCharsets.UTF_8);
        return new ChildSweep<>(
                job,
                id,
                Space.parse(specification, job.parameters()),
                parent.readLong(),
                parent.readLong(),
                parent.readBoolean());
    }

    /** A sweep that the parent has told of, or is just telling of. */
    private ChildSweep<?, ?> sweep(int key) throws InterruptedException {
        synchronized (learned) {
            while (true) {
                ChildSweep<?, ?> sweep = sweeps.get(key);
                if (sweep != null) {
                    return sweep;
                }
                learned.wait();
            }
        }
    }
}

package io.jobmon.core;

import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.core.local.HeadServer;
import io.jobmon.core.local.LocalHeads;
import io.jobmon.core.telemetry.LineFile;
import io.jobmon.core.watch.Notices;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The program of a head: runs until it is told to end, or its Redis ends. */
public final class HeadMain {

    private static final int FAILED = 1;
    private static final String LINES = "workers.log";

    private HeadMain() {}

    /**
     * Runs.
     *
     * @param args the folder, and where to listen or nothing
     */
    public static void main(String[] args) {
        try (HeadServer server = HeadServer.start(Path.of(args[0]), args.length > 1 ? args[1] : null)) {
            AtomicReference<@Nullable JobMon> collecting = new AtomicReference<>();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(collecting, server), "jobmon-head-end"));
            collect(collecting, server);
            if (server.await()) {
                return;
            }
            Notices.say(
                    "The Redis server has ended by itself, and so does this head; see redis.log. Its data are kept.");
        } catch (JobMonException e) {
            System.err.println(LocalHeads.REFUSED + e.getMessage());
        }
        System.exit(FAILED);
    }

    /** Keeps what the workers say. A head that cannot do that is a head all the same. */
    private static void collect(AtomicReference<@Nullable JobMon> collecting, HeadServer server) {
        try {
            JobMon jobmon = JobMon.connect(server.uri());
            collecting.set(jobmon);
            jobmon.monitor().onLine(new LineFile(server.folder().resolve(LINES)));
        } catch (JobMonException e) {
            Notices.say("What workers log is not kept here: " + e.getMessage());
        }
    }

    /** The collector first, while there is a Redis to leave. */
    private static void end(AtomicReference<@Nullable JobMon> collecting, HeadServer server) {
        JobMon jobmon = collecting.get();
        if (jobmon != null) {
            jobmon.close();
        }
        server.close();
    }
}

package io.jobmon.core;

import io.jobmon.JobMonException;
import io.jobmon.core.local.HeadServer;
import io.jobmon.core.local.LocalHeads;
import io.jobmon.core.watch.Notices;
import java.nio.file.Path;

/** The program of a head: runs until it is told to end, or its Redis ends. */
public final class HeadMain {

    private static final int FAILED = 1;

    private HeadMain() {}

    /**
     * Runs.
     *
     * @param args the folder, and where to listen or nothing
     */
    public static void main(String[] args) {
        try (HeadServer server = HeadServer.start(Path.of(args[0]), args.length > 1 ? args[1] : null)) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "jobmon-head-end"));
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
}

package io.jobmon.tests;

import io.jobmon.JobMonException;
import io.jobmon.spi.Engine;
import io.jobmon.spi.Head;
import java.nio.file.Path;

/** A program that starts a head and ends. Arguments: the folder, where to listen or nothing. */
public final class SpawnMain {

    private SpawnMain() {}

    /** Says which head, or why not. */
    public static void main(String[] args) {
        try {
            Head head = Engine.find().heads().spawn(Path.of(args[0]), args.length > 1 ? args[1] : null);
            System.out.println("head " + head.pid());
        } catch (JobMonException e) {
            System.out.println("refused: " + e.getMessage());
            System.exit(2);
        }
    }
}

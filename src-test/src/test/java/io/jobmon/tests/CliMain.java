package io.jobmon.tests;

import io.jobmon.cli.JobMonCli;

/** A user's program with all commands; on hosts it is the worker. */
public final class CliMain {

    private CliMain() {}

    /** Runs one command. */
    public static void main(String[] args) {
        System.exit(JobMonCli.run(args, new Sampling()));
    }
}

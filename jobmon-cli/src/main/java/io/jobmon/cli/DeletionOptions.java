package io.jobmon.cli;

import picocli.CommandLine.Option;

/** What commands that delete are told. */
final class DeletionOptions {

    @Option(names = "--running-too", description = "Also while workers run it.")
    private boolean runningToo;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    boolean runningToo() {
        return runningToo;
    }

    /** Refuses what workers run, unless told otherwise. */
    void refuse(boolean running, String what, String cancel) {
        if (running && !runningToo) {
            throw new UsageException(what + " is running: cancel " + cancel + " first, or give --running-too.");
        }
    }

    /** Asks whether to delete it. */
    boolean confirmed(Terminal terminal, String what) {
        return terminal.confirm("Delete " + what + "?", yes);
    }
}

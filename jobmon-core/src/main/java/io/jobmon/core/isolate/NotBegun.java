package io.jobmon.core.isolate;

import io.jobmon.core.codec.Faults;

/** Thrown when a child has ended, or was ended, before user code of a run began. The run can be asked of another child. */
final class NotBegun extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String stdout;
    private final String stderr;

    NotBegun(String how, String stdout, String stderr) {
        super(how);
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /** A failure after all, for so many children have ended so. */
    Faults.Described fault(int children) {
        String message =
                children + " child JVMs in a row ended before the experiment began; of the last one, " + getMessage();
        return Faults.described(Exit.TYPE, message, Exit.lastLines(stderr), false)
                .withOutput(stdout, stderr);
    }
}

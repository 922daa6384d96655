package io.jobmon.cli;

/** The ready-made {@code jm}: all it runs stands in jobmon.yaml. */
final class Jm {

    private Jm() {}

    /** The level of the log, which logback.xml of jm.jar reads: a worker tells what it does, others only what is wrong. */
    private static final String LOG = "jm.log";

    public static void main(String[] args) {
        if (System.getProperty(LOG) == null && !(args.length > 0 && args[0].equals("worker"))) {
            System.setProperty(LOG, "WARN");
        }
        int code = JobMonCli.run(args);
        System.out.flush();
        System.exit(code);
    }
}

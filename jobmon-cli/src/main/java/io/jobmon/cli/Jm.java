package io.jobmon.cli;

/** The ready-made {@code jm}: all it runs stands in jobmon.yaml. */
final class Jm {

    private Jm() {}

    public static void main(String[] args) {
        int code = JobMonCli.run(args);
        System.out.flush();
        System.exit(code);
    }
}

package io.jobmon.core.telemetry;

/**
 * One thing said: a line, or how far an experiment is.
 *
 * @param millis when, since 1970
 * @param level of a line; empty of progress
 * @param job the job's name, or empty
 * @param experiment the experiment's id, or empty
 * @param text of a line
 * @param progress 0 to 1
 */
record Entry(long millis, String level, String job, String experiment, String text, double progress) {

    static final int LONGEST = 8192;

    static Entry line(long millis, String level, String job, String experiment, String text) {
        String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
        return new Entry(millis, level, job, experiment, shown, 0);
    }

    static Entry progress(long millis, String job, String experiment, double progress) {
        return new Entry(millis, "", job, experiment, "", progress);
    }

    boolean isLine() {
        return !level.isEmpty();
    }

    int size() {
        return 100 + job.length() + experiment.length() + text.length();
    }
}

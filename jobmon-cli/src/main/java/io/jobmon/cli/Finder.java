package io.jobmon.cli;

import io.jobmon.JobStatus;
import io.jobmon.JobStatus.SweepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds jobs and sweeps by what people type: the first characters of a hash or id, or a job's name. */
final class Finder {

    private static final int SHORTEST = 4;
    private static final int SHOWN = 8;

    /**
     * A sweep and its job.
     *
     * @param job the job
     * @param sweep the sweep
     */
    record Found(JobStatus job, SweepStatus sweep) {

        @Override
        public String toString() {
            return sweep.id() + " (" + job.name() + ", " + Texts.count(sweep.size(), "experiment") + ", "
                    + sweep.state().name().toLowerCase(java.util.Locale.ROOT) + ")";
        }
    }

    private final List<JobStatus> jobs;

    /** Looks among these, the newest first. */
    Finder(List<JobStatus> jobs) {
        this.jobs = jobs;
    }

    /** The sweep that was posted last. */
    Found newest() {
        return all().stream()
                .findFirst()
                .orElseThrow(() -> new UsageException("There is no sweep in this Redis; post one."));
    }

    /** By id, or a job's name: its newest sweep. */
    Found sweep(String typed) {
        List<Found> named =
                all().stream().filter(found -> found.job().name().equals(typed)).toList();
        return named.isEmpty() ? byId(typed) : named.get(0);
    }

    /** By id, or a job's name if it has one sweep: for what cannot be undone. */
    Found onlySweep(String typed) {
        List<Found> named =
                all().stream().filter(found -> found.job().name().equals(typed)).toList();
        return named.isEmpty() ? byId(typed) : only(typed, named, Found::toString);
    }

    private Found byId(String typed) {
        checkHex(typed, "sweep", "id");
        List<Found> found = all().stream()
                .filter(each -> each.sweep().id().startsWith(typed))
                .toList();
        if (found.isEmpty()) {
            throw new UsageException("There is no sweep " + typed + " in this Redis; `jobs -v` lists those there are.");
        }
        return only(typed, found, Found::toString);
    }

    /** By hash, or by name if one job has it. */
    JobStatus job(String typed) {
        List<JobStatus> named =
                jobs.stream().filter(job -> job.name().equals(typed)).toList();
        if (!named.isEmpty()) {
            return only(typed, named, Finder::show);
        }
        checkHex(typed, "job", "hash");
        List<JobStatus> found =
                jobs.stream().filter(job -> job.hash().startsWith(typed)).toList();
        if (found.isEmpty()) {
            throw new UsageException("There is no job " + typed + " in this Redis; `jobs` lists those there are.");
        }
        return only(typed, found, Finder::show);
    }

    private static String show(JobStatus job) {
        return Texts.shortly(job.hash()) + " (" + job.name() + ", posted " + job.posted() + ")";
    }

    private List<Found> all() {
        List<Found> all = new ArrayList<>();
        jobs.forEach(job -> job.sweeps().forEach(sweep -> all.add(new Found(job, sweep))));
        return all;
    }

    private static void checkHex(String typed, String what, String which) {
        if (!typed.matches("[0-9a-f]{" + SHORTEST + ",40}")) {
            throw new UsageException("There is no " + what + " '" + typed + "': give the first characters of its "
                    + which + ", at least " + SHORTEST + ", or the name of its job, as `jobs -v` shows them.");
        }
    }

    private static <T> T only(String typed, List<T> found, Function<T, String> show) {
        if (found.size() > 1) {
            throw new UsageException("'" + typed + "' may be "
                    + found.stream().limit(SHOWN).map(show).collect(Collectors.joining(", "))
                    + (found.size() > SHOWN ? " and " + (found.size() - SHOWN) + " more" : "")
                    + "; give more characters.");
        }
        return found.get(0);
    }
}

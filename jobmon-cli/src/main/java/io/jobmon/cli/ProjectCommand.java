package io.jobmon.cli;

import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.Results;
import io.jobmon.spi.Engine;
import io.jobmon.spi.JobDefaults;
import io.jobmon.spi.Project;
import io.jobmon.spi.StoredSweeps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that knows what jobmon.yaml says, and the program's own jobs. */
abstract class ProjectCommand extends JmCommand {

    static final String FILE = "jobmon.yaml";

    @Option(
            names = "--file",
            order = 90,
            paramLabel = "FILE",
            description = "The jobs and hosts; default: jobmon.yaml in this folder, if there is one.")
    private @Nullable Path file;

    private @Nullable Project project;

    /** What the file says, if there is one. */
    final Optional<Project> project() {
        if (project == null) {
            Path path = file == null ? around().folder().resolve(FILE) : file;
            if (file == null && !Files.exists(path)) {
                return Optional.empty();
            }
            if (!Files.exists(path)) {
                throw new UsageException(
                        "There is no file " + path + "; " + program() + " init writes one into this folder.");
            }
            project = Engine.find().project(path);
        }
        return Optional.of(project);
    }

    final Project neededProject() {
        return project()
                .orElseThrow(
                        () -> new UsageException("There is no jobmon.yaml in this folder; name it with --file, or let "
                                + program() + " init write one."));
    }

    /** All jobs by name: the program's own, then those of the file. */
    final Map<String, Job<?, ?>> jobs() {
        Map<String, Job<?, ?>> jobs = new LinkedHashMap<>();
        around().jobs().forEach(job -> put(jobs, job));
        project().ifPresent(found -> found.jobs().values().forEach(job -> put(jobs, job)));
        return jobs;
    }

    private static void put(Map<String, Job<?, ?>> jobs, Job<?, ?> job) {
        if (jobs.put(job.name(), job) != null) {
            throw new UsageException("There are two jobs named " + job.name() + "; give one of them another name.");
        }
    }

    final Job<?, ?> job(String name) {
        Map<String, Job<?, ?>> jobs = jobs();
        Job<?, ?> job = jobs.get(name);
        if (job != null) {
            return job;
        }
        if (jobs.isEmpty()) {
            throw new UsageException(
                    "There is no job " + name + ": no jobmon.yaml with jobs: is in this folder; name it with"
                            + " --file, or let " + program() + " init write one.");
        }
        String near = Likeness.of(name, jobs.keySet());
        throw new UsageException("There is no job " + name + "; there is " + String.join(", ", jobs.keySet())
                + (near.isEmpty() ? "." : " (did you mean " + near + "?)."));
    }

    /** For files: a job of the program itself is written as Java writes it, all others by names and values. */
    final Results<?, ?> written(JobMon jobmon, String sweep, String name) {
        return around().jobs().stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .<Results<?, ?>>map(job -> jobmon.attach(sweep, job).results())
                .orElseGet(() -> ((StoredSweeps) jobmon).stored(sweep).results());
    }

    /** How the file wants a job to be posted. */
    final JobDefaults defaults(String job) {
        return project()
                .map(found -> found.defaults().getOrDefault(job, JobDefaults.NONE))
                .orElse(JobDefaults.NONE);
    }
}

package io.jobmon.core.host;

import io.jobmon.CommandJob;
import io.jobmon.JobMonException;
import io.jobmon.core.identity.CommandForm;
import io.jobmon.spi.CommandSpec;
import io.jobmon.spi.JobDefaults;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The command jobs that {@code jobs:} of jobmon.yaml lists. For one thread. */
final class JobEntries {

    static final String EXAMPLE = "write such as:\njobs:\n  epidemic: { command: [python3, sir.py, --beta, \"{beta}\"],"
            + " files: [sir.py] }";

    private static final String KNOWN =
            "command, files, environment, version, outputLimit, output, description, replicates, attempts, timeout";

    private final Path folder;
    private final Map<String, CommandJob<?>> jobs = new LinkedHashMap<>();
    private final Map<String, JobDefaults> defaults = new LinkedHashMap<>();

    /** Reads them; relative paths begin in the folder. */
    JobEntries(YamlEntry entries, Path folder) {
        this.folder = folder;
        for (String name : entries.keys()) {
            YamlEntry entry =
                    entries.below(name, EXAMPLE.substring(EXAMPLE.lastIndexOf('{', EXAMPLE.indexOf("command"))));
            add(name, entries, entry);
            entry.refuseRest(KNOWN);
        }
    }

    Map<String, CommandJob<?>> jobs() {
        return jobs;
    }

    Map<String, JobDefaults> defaults() {
        return defaults;
    }

    private void add(String name, YamlEntry entries, YamlEntry entry) {
        try {
            CommandJob<?> job = output(entry).read(job(name, entry)).in(folder);
            CommandForm.check(CommandSpec.of(job));
            jobs.put(name, job);
            defaults.put(
                    name,
                    new JobDefaults(
                            entry.text("description"),
                            positive(entry, "replicates"),
                            positive(entry, "attempts"),
                            entry.time("timeout")));
        } catch (JobMonException e) {
            throw entries.placed(name, e);
        }
    }

    private static CommandJob<Map<String, Object>> job(String name, YamlEntry entry) {
        List<String> command = entry.arguments("command");
        if (command.isEmpty()) {
            throw entry.refusal(
                    entry.has("command") ? "command" : "",
                    "a job has a command, the program and its arguments, such as command: [python3, sir.py]");
        }
        CommandJob<Map<String, Object>> job = CommandJob.of(name, command.toArray(String[]::new));
        for (String file : entry.texts("files")) {
            job = job.files(path(entry, file));
        }
        for (Map.Entry<String, String> variable : entry.map("environment").entrySet()) {
            job = job.environment(variable.getKey(), variable.getValue());
        }
        OptionalInt limit = entry.number("outputLimit");
        if (limit.isPresent()) {
            job = job.outputLimit(limit.getAsInt());
        }
        return job.version(entry.text("version").orElse(""));
    }

    private static Path path(YamlEntry entry, String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw entry.refusal("files", "'" + file + "' is no path");
        }
    }

    private static Output output(YamlEntry entry) {
        String key = entry.text("output").orElse(Output.JSON.key());
        return Output.of(key)
                .orElseThrow(
                        () -> entry.refusal("output", "'" + key + "' is not known; write one of " + Output.keys()));
    }

    private static OptionalInt positive(YamlEntry entry, String key) {
        OptionalInt number = entry.number(key);
        if (number.isPresent() && number.getAsInt() == 0) {
            throw entry.refusal(key, "write a number from 1");
        }
        return number;
    }
}

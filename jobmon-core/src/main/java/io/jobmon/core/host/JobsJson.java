package io.jobmon.core.host;

import io.jobmon.CommandJob;
import io.jobmon.JobMonException;
import io.jobmon.core.codec.Json;
import io.jobmon.spi.CommandSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command jobs of a jobmon.yaml, as they travel to hosts: a file among those of the jobs. The job that is read from it has
 * the identity of the one that was written. Thread safety: stateless.
 */
final class JobsJson {

    /** Its name among the files of jobs; no file of a job begins with a dot and our name by chance. */
    static final String NAME = ".jobmon-jobs.json";

    /** The property that names the folder of files that a launcher has brought. */
    private static final String BROUGHT = "jobmon.files";

    private static final String AGAIN = "bring the program there again: Fleet.sync.";

    private JobsJson() {}

    static String write(List<CommandJob<?>> jobs) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (CommandJob<?> job : jobs) {
            CommandSpec<?> spec = CommandSpec.of(job);
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("command", spec.argv());
            one.put("files", spec.files().stream().map(Path::toString).toList());
            one.put("environment", spec.environment());
            one.put("version", spec.version());
            one.put("outputLimit", spec.outputLimit());
            one.put("output", Output.of(spec).key());
            all.put(spec.name(), one);
        }
        return Json.text(all) + "\n";
    }

    /** The jobs that were brought to this machine with the program. */
    static List<CommandJob<?>> brought() {
        String folder = System.getProperty(BROUGHT);
        if (folder == null) {
            throw new JobMonException(
                    "This worker is started by Fleet.launch, with the jobs of a jobmon.yaml; start it so.");
        }
        Path file = Path.of(folder, NAME);
        try {
            return read(Files.readString(file));
        } catch (IOException e) {
            throw new JobMonException(file + " cannot be read (" + e + "); " + AGAIN, e);
        } catch (ClassCastException | InvalidPathException e) {
            throw new JobMonException(file + " is no list of jobs that this version of JobMon reads; " + AGAIN, e);
        }
    }

    /** Reads what was written; throws ClassCastException at anything else. */
    static List<CommandJob<?>> read(String json) {
        List<CommandJob<?>> jobs = new ArrayList<>();
        Map<?, ?> all = Json.object(json);
        for (Object name : all.keySet()) {
            jobs.add(job((String) name, part(all, name, Map.class)));
        }
        if (jobs.isEmpty()) {
            throw new ClassCastException("no jobs");
        }
        return jobs;
    }

    private static CommandJob<?> job(String name, Map<?, ?> one) {
        CommandJob<Map<String, Object>> job = CommandJob.of(
                        name, texts(one, "command").toArray(String[]::new))
                .version(part(one, "version", String.class))
                .outputLimit(part(one, "outputLimit", Long.class));
        for (String file : texts(one, "files")) {
            job = job.files(Path.of(file));
        }
        Map<?, ?> environment = part(one, "environment", Map.class);
        for (Object variable : environment.keySet()) {
            job = job.environment((String) variable, part(environment, variable, String.class));
        }
        return Output.of(part(one, "output", String.class))
                .orElseThrow(() -> new ClassCastException("output"))
                .read(job);
    }

    private static List<String> texts(Map<?, ?> one, String key) {
        List<?> list = part(one, key, List.class);
        return list.stream().map(String.class::cast).toList();
    }

    private static <T> T part(Map<?, ?> of, Object key, Class<T> type) {
        Object part = of.get(key);
        if (part == null) {
            throw new ClassCastException("no " + key);
        }
        return type.cast(part);
    }
}

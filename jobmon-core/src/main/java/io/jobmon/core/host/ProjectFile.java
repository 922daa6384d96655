package io.jobmon.core.host;

import io.jobmon.Host;
import io.jobmon.JobMonException;
import io.jobmon.spi.Project;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads jobmon.yaml. Thread safety: stateless. */
public final class ProjectFile {

    static final String KEYS = "hosts, defaults, jobs, redis, local";

    private ProjectFile() {}

    /**
     * Reads all of it.
     *
     * @param yaml the file
     * @return what it says
     * @throws JobMonException if it cannot be read or understood: the message has line and column
     */
    public static Project read(Path yaml) {
        if (yaml == null) {
            throw new JobMonException("The file of the project is null; give one: Path.of(\"jobmon.yaml\").");
        }
        YamlEntry top = YamlFile.read(yaml);
        Optional<Supplier<String>> redis =
                top.has("redis") ? Optional.of(RedisEntry.read(top, yaml)) : Optional.empty();
        Optional<Path> local = top.text("local").map(path -> path(top, "local", path, yaml));
        if (redis.isPresent() && local.isPresent()) {
            throw top.refusal("local", "there is redis: too; leave one");
        }
        Optional<JobEntries> jobs = top.has("jobs")
                ? Optional.of(new JobEntries(top.below("jobs", "names of jobs; " + JobEntries.EXAMPLE), folder(yaml)))
                : Optional.empty();
        List<Host> hosts = new HostEntries(yaml.toString()).read(top);
        top.refuseRest(KEYS);
        return new Project(
                yaml,
                redis,
                local,
                jobs.map(JobEntries::jobs).orElse(Map.of()),
                jobs.map(JobEntries::defaults).orElse(Map.of()),
                hosts);
    }

    /** The hosts alone; what else the file says is somebody else's. */
    static List<Host> hosts(Path yaml) {
        YamlEntry top = YamlFile.read(yaml);
        List.of("redis", "local", "jobs").forEach(top::tick);
        List<Host> hosts = new HostEntries(yaml.toString()).read(top);
        top.refuseRest(KEYS);
        if (hosts.isEmpty()) {
            throw noHosts(yaml);
        }
        return hosts;
    }

    static JobMonException noHosts(Path yaml) {
        return new JobMonException(yaml + " lists no hosts; write such as:\nhosts:\n  here: { local: true, slots: 2 }");
    }

    private static Path folder(Path yaml) {
        Path file = yaml.toAbsolutePath().normalize();
        Path folder = file.getParent();
        return folder == null ? file : folder;
    }

    /** A path of the file: relative to its folder, or in the user's own. */
    static Path path(YamlEntry entry, String key, String text, Path yaml) {
        try {
            return text.equals("~") || text.startsWith("~/")
                    ? Path.of(System.getProperty("user.home") + text.substring(1))
                    : folder(yaml).resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw entry.refusal(key, "'" + text + "' is no path");
        }
    }
}

package io.jobmon.core.host;

import io.jobmon.Bundle;
import io.jobmon.CommandJob;
import io.jobmon.JobMonException;
import io.jobmon.core.identity.CommandFile;
import io.jobmon.core.identity.CommandForm;
import io.jobmon.core.identity.Fingerprint;
import io.jobmon.core.identity.UnreadyException;
import io.jobmon.spi.CommandSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a bundle of this program: its class path, the files of its command jobs, data. For one thread. */
final class Bundler {

    private static final int ID_DIGITS = 20;

    private final String classPath;
    private final List<CommandJob<?>> jobs;
    private final Map<String, Path> data;
    private final int keep;
    private final boolean listed;

    /**
     * Says what a bundle is made of.
     *
     * @param classPath files and folders, as in java.class.path
     * @param jobs command jobs
     * @param data where it goes to where it lies
     * @param keep how many bundles stay on a host
     * @param listed whether workers learn of the jobs from a list that travels
     */
    Bundler(String classPath, List<CommandJob<?>> jobs, Map<String, Path> data, int keep, boolean listed) {
        this.classPath = classPath;
        this.jobs = List.copyOf(jobs);
        this.data = new LinkedHashMap<>(data);
        this.keep = keep;
        this.listed = listed;
    }

    int keep() {
        return keep;
    }

    /** Makes it; folders of classes are packed into jars in a folder that the caller removes. */
    Bundle make(Path packed, boolean withData) {
        List<Bundle.File> files = new ArrayList<>();
        try {
            for (Path entry : ClassPath.expanded(classPath)) {
                addClasses(entry, packed, files);
            }
            addJobFiles(files);
            if (listed) {
                Path list = Files.writeString(packed.resolve("jobs.json"), JobsJson.write(jobs));
                files.add(file(Bundle.Use.JOB_FILE, JobsJson.NAME, list));
            }
            String id = id(files);
            if (withData) {
                for (Map.Entry<String, Path> each : data.entrySet()) {
                    addData(each.getKey(), each.getValue(), files);
                }
            }
            return new Bundle(id, files, withData, keep, Bundle.Watch.NONE);
        } catch (IOException | UncheckedIOException e) {
            throw new JobMonException("A file of this program cannot be read: " + e, e);
        }
    }

    private static void addClasses(Path entry, Path packed, List<Bundle.File> files) throws IOException {
        Path jar = entry;
        String name = String.valueOf(entry.getFileName());
        if (Files.isDirectory(entry)) {
            name = "classes-" + files.size() + ".jar";
            jar = packed.resolve(name);
            if (!FolderJar.pack(entry, jar)) {
                return;
            }
        }
        files.add(file(Bundle.Use.CLASS_PATH, plain(name), jar));
    }

    /** A jar's name matters to nobody, but it is read in process lists. */
    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9._+-]", "_");
    }

    private void addJobFiles(List<Bundle.File> files) {
        Map<String, CommandFile> all = new LinkedHashMap<>();
        for (CommandJob<?> job : jobs) {
            try {
                for (CommandFile file : CommandForm.of(CommandSpec.of(job)).files()) {
                    if (listed && file.name().equals(JobsJson.NAME)) {
                        throw new JobMonException(job.name() + " has a file " + JobsJson.NAME
                                + ", which is the name of JobMon's own list of jobs; rename it.");
                    }
                    CommandFile other = all.put(file.name(), file);
                    if (other != null && !other.sha256().equals(file.sha256())) {
                        throw new JobMonException("Two jobs have different files of the name " + file.name()
                                + ", which would lie in one folder on a host; rename one.");
                    }
                }
            } catch (UnreadyException e) {
                throw new JobMonException(job.name() + " cannot be brought to hosts: " + e.lack() + ".", e);
            }
        }
        for (CommandFile file : all.values()) {
            files.add(new Bundle.File(
                    Bundle.Use.JOB_FILE,
                    oneLine(file.name()),
                    file.path(),
                    file.path().toFile().length(),
                    file.sha256(),
                    file.executable()));
        }
    }

    private static void addData(String remote, Path local, List<Bundle.File> files) throws IOException {
        if (!Files.isDirectory(local)) {
            files.add(file(Bundle.Use.DATA, oneLine(remote), local));
            return;
        }
        try (Stream<Path> walk = Files.walk(local, FileVisitOption.FOLLOW_LINKS)) {
            for (Path path : (Iterable<Path>) walk.filter(Files::isRegularFile).sorted()::iterator) {
                String below = local.relativize(path)
                        .toString()
                        .replace(path.getFileSystem().getSeparator(), "/");
                files.add(file(Bundle.Use.DATA, oneLine(remote + "/" + below), path));
            }
        }
    }

    private static String oneLine(String name) {
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new JobMonException(
                    "The file name '" + name + "' holds a control character or a line break; rename the file.");
        }
        return name;
    }

    private static Bundle.File file(Bundle.Use use, String name, Path path) throws IOException {
        return new Bundle.File(use, name, path, Files.size(path), Fingerprint.of(path), Files.isExecutable(path));
    }

    private static String id(List<Bundle.File> files) {
        List<@Nullable String> parts = new ArrayList<>();
        for (Bundle.File file : files) {
            parts.add(file.use().name());
            parts.add(file.name());
            parts.add(file.sha256());
            parts.add(Boolean.toString(file.executable()));
        }
        return Fingerprint.of(parts).substring(0, ID_DIGITS);
    }
}

package io.jobmon.core.identity;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the files of a command job, at their paths or by their names in the program's folder. */
final class CommandFiles {

    private static final int MOST = 10_000;

    /** The property that names the folder of files that a launcher has brought to this machine. */
    static final String BROUGHT = "jobmon.files";

    private static final String GROUND = "ground.json";

    /** What a tool leaves in source folders, and nobody means to send. */
    private static final Set<String> LEFT_OUT = Set.of("__pycache__", ".git");

    private final String job;
    private final Path home;
    private final String where;
    private final Map<Path, String> roots = new LinkedHashMap<>();
    private final SortedMap<String, CommandFile> files = new TreeMap<>();

    private CommandFiles(String job, @Nullable Path folder) {
        this.job = job;
        this.home = (folder == null ? Path.of("") : folder).toAbsolutePath();
        this.where = folder == null ? "the program's folder" : "jobmon.yaml's folder";
    }

    /**
     * Finds them.
     *
     * @param job the job's name
     * @param given their paths
     * @param folder where relative ones begin; null: in the program's folder
     */
    static CommandFiles of(String job, List<Path> given, @Nullable Path folder) {
        CommandFiles all = new CommandFiles(job, folder);
        for (Path root : given) {
            all.add(root);
        }
        all.refuseNested();
        return all;
    }

    List<CommandFile> files() {
        return new ArrayList<>(files.values());
    }

    private void add(Path given) {
        String name = name(given);
        Path path = home.resolve(given).normalize();
        roots.put(path, name);
        // What a launcher has brought counts before what else lies on the machine.
        Path brought = brought(name);
        Path found = brought != null ? brought : Files.exists(path) ? path : home.resolve(name);
        try {
            if (Files.isDirectory(found)) {
                folder(name, found);
            } else if (Files.isRegularFile(found)) {
                put(name, found);
            } else {
                throw new UnreadyException(
                        job,
                        Files.exists(found)
                                ? "its file " + given + " is neither a file nor a folder"
                                : "its file " + given + " is not there"
                                        + (found.equals(path) ? "" : ", nor is " + found));
            }
        } catch (IOException | UncheckedIOException e) {
            throw new UnreadyException(job, "its file " + given + " cannot be read (" + e + ")");
        }
    }

    private static @Nullable Path brought(String name) {
        String folder = System.getProperty(BROUGHT);
        if (folder == null || !Files.exists(Path.of(folder, name))) {
            return null;
        }
        return Path.of(folder, name);
    }

    private String name(Path given) {
        Path normal = given.normalize();
        Path name = normal.isAbsolute() ? normal.getFileName() : normal;
        if (name == null || name.toString().isEmpty() || name.startsWith("..")) {
            throw new JobMonException("The file '" + given + "' of " + job + " has no name below " + where + " (" + home
                    + "); give a file or folder in it, or an absolute path, whose last name counts.");
        }
        return slashes(name);
    }

    private static String slashes(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    private void folder(String name, Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                Path below = folder.relativize(path);
                if (!leftOut(below) && Files.isRegularFile(path)) {
                    put(name + "/" + slashes(below), path);
                }
            }
        }
    }

    private static boolean leftOut(Path below) {
        for (Path part : below) {
            if (LEFT_OUT.contains(part.toString())) {
                return true;
            }
        }
        return false;
    }

    private void put(String name, Path path) throws IOException {
        if (name.equals(GROUND)) {
            throw new JobMonException(
                    job + " has a file " + GROUND + ", which is what a program leaves as ground truth; rename it.");
        }
        CommandFile file = new CommandFile(name, path, Fingerprint.of(path), Files.isExecutable(path));
        if (files.put(name, file) != null) {
            throw new JobMonException("Two files of " + job + " have the name " + name
                    + " (an absolute path counts by its last name); rename one, or give relative paths.");
        }
        if (files.size() > MOST) {
            throw new JobMonException(job + " has more than " + MOST
                    + " files; name the files that it needs, or keep them in an archive.");
        }
    }

    private void refuseNested() {
        for (String name : files.keySet()) {
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                if (files.containsKey(name.substring(0, slash))) {
                    throw new JobMonException(job + " has a file " + name.substring(0, slash)
                            + " and a folder of this name; rename one.");
                }
            }
        }
    }

    /** The name of a path that is one of the files or folders; null of another one. */
    @Nullable
    String nameOf(Path given) {
        Path path = home.resolve(given).normalize();
        for (Map.Entry<Path, String> root : roots.entrySet()) {
            if (path.startsWith(root.getKey())) {
                Path below = root.getKey().relativize(path);
                String name = root.getValue() + (below.toString().isEmpty() ? "" : "/" + slashes(below));
                if (files.containsKey(name)
                        || !files.tailMap(name + "/").headMap(name + "0").isEmpty()) {
                    return name;
                }
            }
        }
        return null;
    }
}

package io.jobmon.ssh;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an SSH configuration says of one machine: ssh_config(5), the basics. {@code Match} blocks, other than {@code Match all},
 * are left out; keywords that are not asked for are ignored.
 */
final class SshConfig {

    private static final Logger LOG = LoggerFactory.getLogger(SshConfig.class);
    private static final int DEEPEST = 16;

    /**
     * The arguments of one keyword.
     *
     * @param arguments at least one
     * @param where the file, line and keyword
     */
    record Value(List<String> arguments, String where) {

        String first() {
            return arguments.get(0);
        }

        boolean isNone() {
            return first().equalsIgnoreCase("none");
        }
    }

    private final Places places;
    private final String alias;
    private final Map<String, List<Value>> found = new HashMap<>();
    private final List<String> leftOut = new ArrayList<>();

    private SshConfig(Places places, String alias) {
        this.places = places;
        this.alias = alias;
    }

    /** Reads the user's own file, which need not be there, or another, which must. */
    static SshConfig of(String alias, Optional<Path> file, Places places) {
        SshConfig config = new SshConfig(places, alias);
        if (file.isPresent()) {
            config.read(file.get(), true, 0);
        } else if (Files.exists(places.ssh().resolve("config"))) {
            config.read(places.ssh().resolve("config"), true, 0);
        }
        return config;
    }

    /** The value that comes first in the file, which is the one that counts. */
    Optional<Value> first(String keyword) {
        return all(keyword).stream().findFirst();
    }

    /** All values, in order. */
    List<Value> all(String keyword) {
        return found.getOrDefault(keyword.toLowerCase(Locale.ROOT), List.of());
    }

    /** The blocks that were left out: file and line. */
    List<String> leftOut() {
        return leftOut;
    }

    private void read(Path file, boolean active, int depth) {
        if (depth > DEEPEST) {
            throw new JobMonException(file + " is included too deeply: more than " + DEEPEST
                    + " files include each other; see whether one includes itself.");
        }
        List<String> lines;
        try {
            lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new JobMonException("The SSH configuration " + file + " cannot be read: " + Reasons.of(e) + ".", e);
        }
        boolean here = active;
        for (int number = 1; number <= lines.size(); number++) {
            here = line(lines.get(number - 1), file + ":" + number, active, here, depth);
        }
    }

    /** Takes one line, and says whether the lines below it count. */
    private boolean line(String line, String where, boolean outer, boolean here, int depth) {
        List<String> words = ConfigWords.split(line, where);
        if (words.isEmpty()) {
            return here;
        }
        String keyword = words.get(0).toLowerCase(Locale.ROOT);
        List<String> arguments = words.subList(1, words.size());
        if (arguments.isEmpty()) {
            throw new JobMonException(where + ": " + words.get(0) + " has no value; give it one.");
        }
        switch (keyword) {
            case "host" -> {
                return outer && HostPattern.matches(arguments, alias);
            }
            case "match" -> {
                return outer && match(arguments, where);
            }
            case "include" -> arguments.forEach(glob -> include(glob, where, here, depth));
            default -> {
                if (here) {
                    found.computeIfAbsent(keyword, key -> new ArrayList<>())
                            .add(new Value(List.copyOf(arguments), where + " (" + words.get(0) + ")"));
                }
            }
        }
        return here;
    }

    private boolean match(List<String> arguments, String where) {
        boolean all = arguments.size() == 1 && arguments.get(0).equalsIgnoreCase("all");
        if (!all) {
            leftOut.add(where);
            LOG.debug("{}: this Match block is left out; JobMon reads Host blocks only", where);
        }
        return all;
    }

    private void include(String glob, String where, boolean here, int depth) {
        for (Path file : files(
                glob.startsWith("~") ? places.expanded(glob) : places.ssh().resolve(glob), where)) {
            read(file, here, depth + 1);
        }
    }

    /** The files that match a glob, whose wildcards may be in any part of it, in order. A file that is not there is no error. */
    private static List<Path> files(Path glob, String where) {
        List<Path> paths = List.of(glob.getRoot());
        for (Path part : glob) {
            List<Path> next = new ArrayList<>();
            for (Path parent : paths) {
                next.addAll(children(parent, part.toString(), where));
            }
            paths = next;
        }
        return paths.stream().filter(Files::isRegularFile).toList();
    }

    private static List<Path> children(Path parent, String part, String where) {
        if (part.chars().noneMatch(letter -> "*?[{".indexOf(letter) >= 0)) {
            Path only = parent.resolve(part);
            return Files.exists(only) ? List.of(only) : List.of();
        }
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        TreeSet<Path> matching = new TreeSet<>();
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + part);
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent)) {
            for (Path path : all) {
                boolean hidden = path.getFileName().toString().startsWith(".") && !part.startsWith(".");
                if (!hidden && matcher.matches(path.getFileName())) {
                    matching.add(path);
                }
            }
        } catch (IOException e) {
            throw new JobMonException(where + ": " + parent + " cannot be listed: " + Reasons.of(e) + ".", e);
        }
        return List.copyOf(matching);
    }
}

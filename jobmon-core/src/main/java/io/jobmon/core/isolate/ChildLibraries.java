package io.jobmon.core.isolate;

import io.jobmon.Job;
import io.jobmon.core.codec.Json;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;

/**
 * The jars with the classes that every child loads: JobMon's own, Jackson's and ZeroMQ's. A class archive is made of jars that
 * come first on the class path. To put these first changes nothing: their classes come from them anyway, as what lies before
 * them holds no file where they have their classes, or there is no archive.
 */
final class ChildLibraries {

    private static final Logger LOG = LoggerFactory.getLogger(ChildLibraries.class);
    private static final String API = "io/jobmon/"; // here alone, other modules have packages below
    private static final List<String> TREES = List.of(
            API + "core/", API + "spi/", "org/zeromq/", "zmq/", "tools/jackson/", "com/fasterxml/jackson/annotation/");

    private ChildLibraries() {}

    /** The jars; none if an archive cannot be made of them. */
    static List<Path> here() {
        List<Class<?>> samples = Stream.concat(
                        Stream.of(ChildMain.class, Job.class, ZMQ.class), Json.libraries().stream())
                .toList();
        ClassLoader application = ClassLoader.getSystemClassLoader();
        if (samples.stream().anyMatch(sample -> sample.getClassLoader() != application)) {
            return List.of();
        }
        return of(samples, System.getProperty("java.class.path"));
    }

    static List<Path> of(Collection<Class<?>> samples, String classPath) {
        try {
            Set<Path> jars = new LinkedHashSet<>();
            for (Class<?> sample : samples) {
                jars.add(source(sample));
            }
            if (!jars.stream().allMatch(Files::isRegularFile)) {
                return List.of();
            }
            List<Path> before = before(jars, classPath);
            // One jar for several libraries may hold the user's program, too, and what is to be found before it.
            boolean first = jars.size() < samples.size() ? before.isEmpty() : !foreign(before);
            return first ? List.copyOf(jars) : List.of();
        } catch (IOException | RuntimeException e) {
            LOG.debug("There are no class archives for this class path: {}", classPath, e);
            return List.of();
        }
    }

    private static Path source(Class<?> sample) throws IOException {
        CodeSource source = sample.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IOException(sample + " comes from nowhere");
        }
        try {
            return Path.of(source.getLocation().toURI()).toRealPath();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** What is searched before the last of the jars, without them. */
    private static List<Path> before(Set<Path> jars, String classPath) throws IOException {
        Set<Path> entries = new LinkedHashSet<>();
        for (boolean manifests : new boolean[] {false, true}) {
            entries.clear();
            for (String entry : classPath.split(File.pathSeparator)) {
                add(Path.of(entry), manifests, entries);
                if (entries.containsAll(jars)) {
                    entries.removeAll(jars);
                    return new ArrayList<>(entries);
                }
            }
        }
        throw new IOException(jars + " are not all on it");
    }

    private static void add(Path entry, boolean manifests, Set<Path> into) throws IOException {
        if (!Files.exists(entry) || !into.add(entry.toRealPath()) || !manifests || Files.isDirectory(entry)) {
            return;
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            Manifest manifest = jar.getManifest();
            String more = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            for (String each : more == null ? new String[0] : more.trim().split(" +")) {
                URI there = entry.toUri().resolve(each);
                if ("file".equals(there.getScheme())) {
                    add(Path.of(there), true, into);
                }
            }
        }
    }

    /** Whether one of them has files where the jars have their classes. */
    private static boolean foreign(List<Path> entries) throws IOException {
        for (Path entry : entries) {
            if (Files.isDirectory(entry) ? folderHolds(entry) : jarHolds(entry)) {
                LOG.debug("There are no class archives, as {} holds classes of JobMon or its libraries.", entry);
                return true;
            }
        }
        return false;
    }

    private static boolean folderHolds(Path folder) {
        return TREES.stream().anyMatch(tree -> Files.isDirectory(folder.resolve(tree)))
                || Stream.ofNullable(folder.resolve(API).toFile().list())
                        .flatMap(Stream::of)
                        .anyMatch(name -> name.endsWith(".class"));
    }

    private static boolean jarHolds(Path jar) throws IOException {
        try (ZipFile open = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> all = open.entries(); all.hasMoreElements(); ) {
                if (known(all.nextElement().getName())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a file of this name lies where the jars have their classes. */
    static boolean known(String name) {
        for (String tree : TREES) {
            if (name.startsWith(tree)) {
                return true;
            }
        }
        return name.startsWith(API) && name.indexOf('/', API.length()) < 0 && name.endsWith(".class");
    }
}

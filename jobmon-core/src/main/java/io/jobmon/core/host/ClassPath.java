package io.jobmon.core.host;

import io.jobmon.JobMonException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The class path of this program as files and folders that are there, in its order, without the jars that only name others. */
final class ClassPath {

    private ClassPath() {}

    /** The entries of a class path; what its jars name with Class-Path in their manifests follows each. */
    static List<Path> expanded(String classPath) {
        Set<Path> all = new LinkedHashSet<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            add(Path.of(entry.isEmpty() ? "." : entry).toAbsolutePath().normalize(), all);
        }
        all.removeIf(ClassPath::isPointer);
        return List.copyOf(all);
    }

    private static void add(Path entry, Set<Path> all) {
        if (!Files.exists(entry) || !all.add(entry) || Files.isDirectory(entry)) {
            return;
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            Manifest manifest = jar.getManifest();
            String named =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            for (String each : named == null ? new String[0] : named.trim().split(" +")) {
                add(resolved(entry, each), all);
            }
        } catch (IOException e) {
            throw new JobMonException("The class path has " + entry + ", which is no jar that can be read.", e);
        }
    }

    private static Path resolved(Path jar, String named) {
        try {
            return Path.of(jar.toUri().resolve(named)).normalize();
        } catch (IllegalArgumentException e) {
            throw new JobMonException(
                    "The manifest of " + jar + " names '" + named + "' in its Class-Path, which is no file's address.",
                    e);
        }
    }

    /** Whether a jar has nothing but a manifest: surefire and development environments start from one. */
    private static boolean isPointer(Path entry) {
        if (Files.isDirectory(entry)) {
            return false;
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            return jar.stream()
                    .allMatch(file -> file.isDirectory() || file.getName().equals(JarFile.MANIFEST_NAME));
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }
}

package io.jobmon.core.identity;

import io.jobmon.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** Compiles small programs and loads jobs out of them. */
final class Workshop {

    private final Path directory;
    private int count;

    Workshop(Path directory) {
        this.directory = directory;
    }

    /** Compiles sources (class name to text) into a folder of their own, against the API and these folders. */
    Path compile(Map<String, String> sources, List<String> options, Path... classPath) {
        try {
            Path work = Files.createDirectory(directory.resolve("build" + count++));
            Path classes = Files.createDirectories(work.resolve("target/classes"));
            List<String> arguments = new ArrayList<>(options);
            String api = Path.of(Job.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
            List<String> path = new ArrayList<>(List.of(api));
            Stream.of(classPath).map(Path::toString).forEach(path::add);
            arguments.addAll(List.of(
                    "-proc:none",
                    "-nowarn",
                    "-d",
                    classes.toString(),
                    "-cp",
                    String.join(System.getProperty("path.separator"), path)));
            for (Map.Entry<String, String> source : sources.entrySet()) {
                Path file = work.resolve("src/main/java/" + source.getKey().replace('.', '/') + ".java");
                Files.createDirectories(file.getParent());
                Files.writeString(file, source.getValue());
                arguments.add(file.toString());
            }
            int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
            if (result != 0) {
                throw new IllegalArgumentException("does not compile: " + sources);
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Path compile(Map<String, String> sources) {
        return compile(sources, List.of("-g"));
    }

    /** Packs folders into one jar. */
    Path jar(Map<String, String> manifest, Path... folders) {
        Map<String, Path> entries = new TreeMap<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(Files::isRegularFile)
                        .forEach(file ->
                                entries.put(folder.relativize(file).toString().replace('\\', '/'), file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Path jar = directory.resolve("lib" + count++ + ".jar");
        Manifest attributes = new Manifest();
        attributes.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((key, value) -> attributes.getMainAttributes().putValue(key, value));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), attributes)) {
            for (Map.Entry<String, Path> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                Files.copy(entry.getValue(), out);
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }

    /** Makes a job: an instance of a class with a constructor without parameters, or what its static method job() gives. */
    static Job<?, ?> job(String className, Path... classPath) {
        Class<?> type = load(className, classPath);
        try {
            return Stream.of(type.getDeclaredMethods())
                            .anyMatch(method -> method.getName().equals("job"))
                    ? (Job<?, ?>) type.getMethod("job").invoke(null)
                    : (Job<?, ?>) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static Class<?> load(String className, Path... classPath) {
        // Not closed: its classes are used for as long as the test runs.
        @SuppressWarnings("resource")
        URLClassLoader loader =
                new URLClassLoader(Stream.of(classPath).map(Workshop::url).toArray(URL[]::new));
        try {
            return Class.forName(className, true, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hash(String className, Path... classPath) {
        return Identities.of(job(className, classPath)).hash();
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.jobmon.core.isolate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Job;
import io.jobmon.core.codec.Json;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.ZMQ;

class ChildLibrariesTest {

    @TempDir
    Path temporary;

    private Path folder;
    private Path core;
    private Path zmq;

    @BeforeEach
    void prepare() throws IOException {
        folder = temporary.toRealPath();
        core = jar("core.jar", "", name(ChildMain.class));
        zmq = jar("zmq.jar", "", name(ZMQ.class));
    }

    private static String name(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    /** A jar with a manifest and with classes of this class path, or empty files. */
    private Path jar(String name, String classPath, String... files) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!classPath.isEmpty()) {
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        }
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (String each : files) {
                jar.putNextEntry(new JarEntry(each));
                try (InputStream in = ChildMain.class.getClassLoader().getResourceAsStream(each)) {
                    if (in != null) {
                        in.transferTo(jar);
                    }
                }
            }
        }
        return file;
    }

    private Path folder(String name, String file) throws IOException {
        Path path = folder.resolve(name).resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "");
        return folder.resolve(name);
    }

    /** The libraries of a JVM that has core and ZeroMQ from the first entries that hold them. */
    private static List<Path> of(Path... entries) throws Exception {
        URL[] urls = new URL[entries.length];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = entries[i].toUri().toURL();
        }
        String path = Stream.of(entries).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        try (URLClassLoader loader = new URLClassLoader(urls, null)) {
            return ChildLibraries.of(List.of(load(loader, ChildMain.class), load(loader, ZMQ.class)), path);
        }
    }

    private static Class<?> load(ClassLoader loader, Class<?> type) throws ClassNotFoundException {
        return Class.forName(type.getName(), false, loader);
    }

    @Test
    void should_be_the_jars_when_nothing_before_them_has_to_do_with_them() throws Exception {
        Path mine = jar("mine.jar", "", "me/Mine.class", "io/jobmon/ssh/SshHost.class", "META-INF/LICENSE");
        Path classes = folder("classes", "io/jobmon/examples/Flu.class");

        assertThat(of(classes, mine, core, zmq)).containsExactly(core, zmq);
        assertThat(of(zmq, classes, core)).containsExactly(core, zmq);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org/zeromq/ZMQ2.class",
                "zmq/Ctx.class",
                "tools/jackson/core/X.class",
                "com/fasterxml/jackson/annotation/X.class",
                "io/jobmon/core/queue/claim.lua",
                "io/jobmon/spi/X.class",
                "io/jobmon/Job.class"
            })
    void should_be_none_when_something_before_them_would_come_behind_them(String file) throws Exception {
        Path jar = jar("patch.jar", "", file);
        Path classes = folder("patches", file);

        assertThat(of(core, jar, zmq)).isEmpty();
        assertThat(of(classes, core, zmq)).isEmpty();
        assertThat(of(core, zmq, jar, classes)).containsExactly(core, zmq);
    }

    @Test
    void should_find_them_when_a_manifest_names_them() throws Exception {
        Path program = jar("program.jar", "core.jar " + zmq.toUri() + " missing.jar", "me/Main.class");
        assertThat(of(program)).containsExactly(core, zmq);

        jar("patch.jar", "", "zmq/Ctx.class");
        assertThat(of(jar("patched.jar", "core.jar patch.jar zmq.jar", "me/Main.class")))
                .isEmpty();
    }

    @Test
    void should_be_one_jar_when_it_holds_all_and_is_the_first() throws Exception {
        Path all = jar("all.jar", "", name(ChildMain.class), name(ZMQ.class), "me/Mine.class");

        assertThat(of(all, folder("conf", "settings.properties"))).containsExactly(all);
        assertThat(of(folder("conf", "settings.properties"), all)).isEmpty();
    }

    @Test
    void should_be_none_when_classes_lie_in_folders_or_elsewhere() throws Exception {
        Path built = folder("built", "me/Mine.class");
        Path file = built.resolve(name(ChildMain.class));
        Files.createDirectories(file.getParent());
        try (InputStream in = ChildMain.class.getClassLoader().getResourceAsStream(name(ChildMain.class))) {
            Files.copy(in, file);
        }

        assertThat(of(built, zmq)).isEmpty();
        assertThat(ChildLibraries.of(List.of(ZMQ.class), core.toString())).isEmpty();
        assertThat(ChildLibraries.of(List.of(String.class), core.toString())).isEmpty();
    }

    @Test
    void should_know_all_packages_when_libraries_are_those_of_children() {
        Stream<Class<?>> samples =
                Stream.concat(Stream.of(ChildMain.class, Job.class, ZMQ.class), Json.libraries().stream());
        assertThat(samples.map(ChildLibrariesTest::name)).allMatch(ChildLibraries::known);
    }
}

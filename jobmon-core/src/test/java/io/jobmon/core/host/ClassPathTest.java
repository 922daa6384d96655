package io.jobmon.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;

/** What a class path holds. */
class ClassPathTest extends HostCase {

    private Path pointer(String classPath) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        Path file = program.resolve("pointer.jar");
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
        return file;
    }

    @Test
    void should_follow_a_jar_that_only_names_others_when_a_tool_starts_from_one() throws IOException {
        Path spaced = Files.move(program.resolve("one.jar"), program.resolve("o ne.jar"));
        Path pointer = pointer("o%20ne.jar " + program.resolve("classes").toUri() + " not-there.jar");
        assertThat(ClassPath.expanded(pointer.toString())).containsExactly(spaced, program.resolve("classes"));
    }

    @Test
    void should_take_each_entry_once_in_its_order_when_some_are_missing() {
        String path = program.resolve("classes") + ":" + program.resolve("missing") + ":" + program.resolve("one.jar")
                + ":" + program.resolve("classes");
        assertThat(ClassPath.expanded(path)).containsExactly(program.resolve("classes"), program.resolve("one.jar"));
    }

    @Test
    void should_name_the_file_when_an_entry_is_no_jar() throws IOException {
        Path text = Files.writeString(program.resolve("readme.jar"), "no zip");
        assertThatThrownBy(() -> ClassPath.expanded(text.toString())).hasMessageContaining("readme.jar");
    }
}

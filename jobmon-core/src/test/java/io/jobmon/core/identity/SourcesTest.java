package io.jobmon.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {

    private static final String MAIN = "package demo; public class Main { static class Sim {} } class Second {}";

    @TempDir
    Path directory;

    @TempDir
    Path elsewhere;

    private Workshop workshop;

    @BeforeEach
    void open() {
        workshop = new Workshop(directory);
    }

    private static Path place(Path from, Path to) throws Exception {
        Files.createDirectories(to.getParent());
        return Files.move(from, to);
    }

    @Test
    void should_find_the_project_s_source_when_the_classes_lie_in_its_build_folder() {
        Path classes = workshop.compile(Map.of("demo.Main", MAIN));

        assertThat(Sources.of(Workshop.load("demo.Main", classes), elsewhere)).isEqualTo(MAIN);
        assertThat(Sources.of(Workshop.load("demo.Main$Sim", classes), elsewhere))
                .isEqualTo(MAIN);
        assertThat(Sources.of(Workshop.load("demo.Second", classes), elsewhere)).isEqualTo(MAIN);
    }

    @ParameterizedTest
    @CsvSource({
        "target/test-classes, src/test/java",
        "build/classes/java/main, src/main/java",
        "build/classes/java/test, src/test/java",
        "out/production/app, src",
        "bin, src",
        "bin/main, src/main/java",
    })
    void should_know_the_layouts_of_build_tools(String classes, String sources) throws Exception {
        Path built = workshop.compile(Map.of("demo.Main", MAIN), List.of("-g:none"));
        Path project = elsewhere.resolve("project");
        Path moved = place(built, project.resolve(classes));
        Path source = project.resolve(sources).resolve("demo/Main.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, MAIN);

        assertThat(Sources.of(Workshop.load("demo.Main", moved), directory)).isEqualTo(MAIN);
    }

    @Test
    void should_find_the_source_in_a_jar_on_the_class_path() throws Exception {
        Path classes = workshop.compile(Map.of("demo.Main", MAIN));
        Path jar = workshop.jar(Map.of(), classes);
        Path sources =
                workshop.jar(Map.of(), classes.resolve("../../src/main/java").normalize());
        Path movedJar = place(jar, elsewhere.resolve("a/b/c/d/e/demo.jar"));

        assertThat(Sources.of(Workshop.load("demo.Main", movedJar), elsewhere)).isEmpty();
        assertThat(Sources.of(Workshop.load("demo.Main", movedJar, sources), elsewhere))
                .isEqualTo(MAIN);
    }

    @Test
    void should_look_in_the_working_directory_when_the_classes_lie_elsewhere() throws Exception {
        Path classes = workshop.compile(Map.of("demo.Main", MAIN));
        Path moved = place(classes, elsewhere.resolve("a/b/c/d/e/classes"));
        Path project = classes.resolve("../..").normalize();

        assertThat(Sources.of(Workshop.load("demo.Main", moved), project)).isEqualTo(MAIN);
        assertThat(Sources.of(Workshop.load("demo.Main", moved), elsewhere)).isEmpty();
    }

    @Test
    void should_give_nothing_when_the_source_is_too_large() {
        String fits = MAIN + " ".repeat(Sources.LIMIT - MAIN.length());

        Path classes = workshop.compile(Map.of("demo.Main", fits));
        Path larger = workshop.compile(Map.of("demo.Main", fits + " "));

        assertThat(Sources.of(Workshop.load("demo.Main", classes), elsewhere)).isEqualTo(fits);
        assertThat(Sources.of(Workshop.load("demo.Main", larger), elsewhere)).isEmpty();
    }
}

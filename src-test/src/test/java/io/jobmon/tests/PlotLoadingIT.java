package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What drawing needs is loaded by who draws, and by nobody else. */
class PlotLoadingIT {

    private static final List<String> DRAWING = List.of("java.awt.", "org.knowm.xchart.", "org.apache.batik.");

    @TempDir
    private Path folder;

    private List<String> loaded(String... arguments) throws Exception {
        Path log = folder.resolve("classes");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                SummaryMain.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("out")))
                .isZero();
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> DRAWING.stream().anyMatch(line::contains))
                    .toList();
        }
    }

    @Test
    void should_load_nothing_that_draws_when_nothing_is_drawn() throws Exception {
        assertThat(loaded()).isEmpty();
    }

    @Test
    void should_load_it_when_a_picture_is_written() throws Exception {
        Path picture = folder.resolve("x.png");

        assertThat(loaded(picture.toString())).isNotEmpty();

        assertThat(picture).isNotEmptyFile();
    }
}

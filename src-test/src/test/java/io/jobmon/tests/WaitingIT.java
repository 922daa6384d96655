package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program with nothing but JobMon on its class path still says what it waits for, and a local one gives up. */
class WaitingIT {

    @Test
    void should_say_it_on_standard_error_and_give_up_when_no_worker_carries_the_tags(@TempDir Path folder)
            throws Exception {
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("logback"))
                .collect(Collectors.joining(File.pathSeparator));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        path,
                        WaitingMain.class.getName())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).isZero();
        assertThat(Files.readString(err, StandardCharsets.UTF_8))
                .contains("JobMon: 1 worker holds OfInteger ")
                .contains(", but none carries the tags [gpu]");
        assertThat(Files.readString(out, StandardCharsets.UTF_8))
                .startsWith("Nobody can run the sweep ")
                .contains("none carries the tags [gpu]")
                .contains("Start a worker that can");
    }
}

package io.jobmon.core.host;

import io.jobmon.Bundle;
import io.jobmon.CommandChannel;
import io.jobmon.CommandJob;
import io.jobmon.CommandResult;
import io.jobmon.JobMonException;
import io.jobmon.core.local.LocalChannel;
import io.jobmon.spi.HostSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A program of a jar, a folder and data, and a host that is a folder of this machine. */
abstract class HostCase {

    @TempDir
    Path home;

    Path program;
    Path work;
    final Recorder channel = new Recorder();

    /** What went over the channel. */
    static final class Recorder implements CommandChannel {

        final List<Path> put = new ArrayList<>();
        private final LocalChannel local = new LocalChannel();

        /** After so many files the line is cut. */
        int cutAfter = Integer.MAX_VALUE;

        @Override
        public CommandResult run(List<String> argv, byte[] stdin, Duration timeout) {
            return local.run(argv, stdin, timeout);
        }

        @Override
        public void put(Path file, String remote) {
            if (put.size() == cutAfter) {
                throw new JobMonException("the line is cut");
            }
            put.add(file);
            local.put(file, remote);
        }

        @Override
        public void get(String remote, Path file) {
            local.get(remote, file);
        }

        @Override
        public void close() {
            local.close();
        }
    }

    @BeforeEach
    void layProgram() throws IOException {
        program = Files.createDirectory(home.resolve("program"));
        work = home.resolve("work folder");
        jar("one.jar", "a/A.class", "b/B.class");
        Files.createDirectories(program.resolve("classes/c"));
        Files.writeString(program.resolve("classes/c/C.class"), "class C");
    }

    Path jar(String name, String... entries) throws IOException {
        Path file = program.resolve(name);
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (String entry : entries) {
                jar.putNextEntry(new JarEntry(entry));
                jar.write((name + entry).getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        }
        return file;
    }

    String classPath() {
        return program.resolve("one.jar") + ":" + program.resolve("classes");
    }

    Bundle bundle(Map<String, Path> data, CommandJob<?>... jobs) throws IOException {
        Path packed = Files.createTempDirectory(home, "packed");
        return new Bundler(classPath(), Arrays.asList(jobs), data, 2, false).make(packed, true);
    }

    MachineHost host() {
        return new MachineHost(HostSettings.of("here").slots(1).workdir(work.toString()), channel);
    }

    List<String> tree(String folder) throws IOException {
        Path root = work.resolve(folder);
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}

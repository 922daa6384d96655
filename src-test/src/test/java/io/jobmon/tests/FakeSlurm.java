package io.jobmon.tests;

import io.jobmon.CommandChannel;
import io.jobmon.CommandResult;
import io.jobmon.spi.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** This machine, with commands of a Slurm that say what a test wants, and start nothing. */
final class FakeSlurm implements CommandChannel {

    private final CommandChannel local = Engine.find().localChannel();
    private final Path bin;

    /** Makes a scheduler that takes every array as number 17, and says that its one task runs. */
    FakeSlurm(Path bin) throws IOException {
        this.bin = Files.createDirectory(bin);
        says("sbatch", "17", 0);
        says("scontrol", "MaxArraySize = 1001", 0);
        says("squeue", "17|1|RUNNING|None", 0);
        says("scancel", "", 0);
    }

    /** From now on a command gives this answer, whatever it is asked; what it was asked is written down. */
    void says(String command, String answer, int exitCode) throws IOException {
        Path script = bin.resolve(command + ".new");
        Files.writeString(bin.resolve(command + ".answer"), answer + "\n");
        Files.writeString(
                script,
                "#!/bin/sh\necho \"$*\" >>\"$0.asked\"\ncat \"$0.answer\"\n[ " + exitCode
                        + " = 0 ] || cat \"$0.answer\" >&2\nexit " + exitCode + "\n");
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + script + " executable");
        }
        Files.move(script, bin.resolve(command), StandardCopyOption.ATOMIC_MOVE);
    }

    /** What a command was asked so far, a line each. */
    List<String> asked(String command) throws IOException {
        Path asked = bin.resolve(command + ".asked");
        return Files.exists(asked) ? Files.readAllLines(asked) : List.of();
    }

    @Override
    public CommandResult run(List<String> argv, byte[] stdin, Duration timeout) {
        List<String> here = new ArrayList<>(List.of("env", "PATH=" + bin + ":" + System.getenv("PATH")));
        here.addAll(argv);
        return local.run(here, stdin, timeout);
    }

    @Override
    public void put(Path file, String remote) {
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

package io.jobmon.cli;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine.Command;

@Command(name = "init")
final class InitCommand extends JmCommand {

    private static final String TEMPLATE = "jobmon.yaml";

    @Override
    int execute() {
        Path file = around().folder().resolve(ProjectCommand.FILE);
        try {
            Files.writeString(file, template(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new UsageException("There is a jobmon.yaml in this folder already; it is left as it is.");
        } catch (IOException e) {
            throw new JobMonException(
                    "jobmon.yaml cannot be written into this folder: " + e + "; take another one.", e);
        }
        out().println("Wrote jobmon.yaml. Change its job to yours, then: " + program() + " run hello x=1..3");
        return 0;
    }

    private static String template() throws IOException {
        try (var in = InitCommand.class.getResourceAsStream(TEMPLATE)) {
            if (in == null) {
                throw new IOException("the template is missing from this program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

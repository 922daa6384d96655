package io.jobmon.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** A command on the head of a folder: the named one, that of {@code local:} in jobmon.yaml, or the one at home. */
abstract class HeadCommand extends ProjectCommand {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FOLDER",
            description = "Where its data are; default: local: of jobmon.yaml, else ~/.jobmon.")
    private @Nullable Path folder;

    @Override
    final int execute() {
        return execute(
                folder != null
                        ? folder
                        : project().flatMap(found -> found.local()).orElse(around().home()));
    }

    abstract int execute(Path folder);
}

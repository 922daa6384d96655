package io.jobmon.cli;

import io.jobmon.spi.Engine;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "killspawn", description = "Its data stay; the next spawn goes on with them.")
final class KillSpawnCommand extends HeadCommand {

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Durations.class,
            description = "How long it may take; then it is killed. Default 30s.")
    private Duration grace = Duration.ofSeconds(30);

    @Override
    int execute(Path folder) {
        Engine.find().heads().kill(folder, grace);
        out().println("The head of " + folder + " has ended; its data are there.");
        return 0;
    }
}

package io.jobmon.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "postexp")
final class PostExpCommand extends PostCommand {

    @Parameters(index = "0", paramLabel = "JOB", description = "The job's name.")
    @SuppressWarnings("NullAway.Init")
    private String job;

    @Parameters(index = "1", paramLabel = "N", description = "How many runs.")
    private int runs;

    @Parameters(index = "2..*", paramLabel = "NAME=VALUE", description = "A parameter and its value.")
    private List<String> values = List.of();

    @Override
    Post post() {
        return new Post(job(job), Optional.empty(), OptionalInt.of(runs), Space.point(values));
    }
}

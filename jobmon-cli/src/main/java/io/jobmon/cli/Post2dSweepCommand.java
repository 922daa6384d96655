package io.jobmon.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "post2dsweep",
        description =
                "post2dsweep epidemic 10 beta 0.1..2.0/20 gamma 0.1,0.2 is the same as postsweep epidemic beta=0.1..2.0/20 gamma=0.1,0.2 --replicates 10.")
final class Post2dSweepCommand extends PostCommand {

    @Parameters(index = "0", paramLabel = "JOB", description = "The job's name.")
    @SuppressWarnings("NullAway.Init")
    private String job;

    @Parameters(index = "1", paramLabel = "N", description = "How many runs for each pair.")
    private int runs;

    @Parameters(
            index = "2..*",
            arity = "2..4",
            paramLabel = "NAME VALUES",
            description = "Two parameters, each with its values: NAME VALUES or NAME=VALUES.")
    private List<String> values = List.of();

    @Override
    Post post() {
        List<String> pairs = values;
        if (values.size() == 4) {
            pairs = List.of(values.get(0) + "=" + values.get(1), values.get(2) + "=" + values.get(3));
        }
        if (pairs.size() != 2 || pairs.stream().anyMatch(pair -> pair.indexOf('=') < 0)) {
            throw new UsageException("post2dsweep takes two parameters with their values, such as: " + job + " " + runs
                    + " beta 0.1..2.0/20 gamma 0.1,0.2; for more use postsweep.");
        }
        return new Post(job(job), Optional.empty(), OptionalInt.of(runs), Space.of(pairs));
    }
}

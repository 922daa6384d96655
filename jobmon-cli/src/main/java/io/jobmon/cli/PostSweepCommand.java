package io.jobmon.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "postsweep",
        description = {
            "Posting the same again runs only what is missing.",
            "",
            "VALUES:",
            "  0.1..2.0/20     20 values, both ends included",
            "  1..5            whole numbers; 1..9:2 in steps, 0..1:0.1 too",
            "  log(1e-3,1,7)   7 values, evenly spaced in their logarithms",
            "  0.1,0.2,1..3    listed, ranges too",
            "Numbers are numbers, true and false booleans, all else is text. Quotes make a text of anything: k=\"'1'\"."
        })
final class PostSweepCommand extends PostCommand {

    @Parameters(index = "0", paramLabel = "JOB", description = "The job's name.")
    @SuppressWarnings("NullAway.Init")
    private String job;

    @Parameters(index = "1..*", paramLabel = "NAME=VALUES", description = "A parameter and its values.")
    private List<String> values = List.of();

    @Option(names = "--replicates", paramLabel = "N", description = "How often each point is run; default 1.")
    private @Nullable Integer replicates;

    @Override
    Post post() {
        return new Post(
                job(job),
                Optional.empty(),
                replicates == null ? OptionalInt.empty() : OptionalInt.of(replicates),
                Space.of(values));
    }
}

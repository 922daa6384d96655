package io.jobmon.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Stack;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

@Command(
        name = "post2dsweep",
        description = "post2dsweep epidemic 10 beta 0.1..2.0/20 gamma 0.1,0.2 is the same as postsweep epidemic"
                + " beta=0.1..2.0/20 gamma=0.1,0.2 --replicates 10.")
final class Post2dSweepCommand extends PostCommand {

    @Parameters(index = "0", paramLabel = "JOB", description = "The job's name.")
    @SuppressWarnings("NullAway.Init")
    private String job;

    @Parameters(index = "1", paramLabel = "N", description = "How many runs for each pair.")
    private int runs;

    @Parameters(
            index = "2..*",
            arity = "1..*",
            paramLabel = "NAME VALUES NAME VALUES",
            hideParamSyntax = true,
            parameterConsumer = Values.class,
            description = "Two parameters, each with its values: NAME VALUES or NAME=VALUES.")
    private List<String> values = List.of();

    /** Takes all up to the next option; {@code -1..1/3} are values. */
    static final class Values implements IParameterConsumer {

        @Override
        public void consumeParameters(Stack<String> arguments, ArgSpec values, CommandSpec command) {
            List<String> taken = new ArrayList<>(values.<List<String>>getValue());
            while (!arguments.isEmpty() && !arguments.peek().matches("-(?!\\.?\\d).*")) {
                taken.add(arguments.pop());
            }
            values.setValue(taken);
        }
    }

    @Override
    Post post() {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String name = values.get(i);
            boolean alone = name.indexOf('=') < 0 && i + 1 < values.size();
            pairs.add(alone ? name + "=" + values.get(++i) : name);
        }
        if (pairs.size() != 2 || pairs.stream().anyMatch(pair -> pair.indexOf('=') < 0)) {
            throw new UsageException("post2dsweep takes two parameters with their values, such as: " + job + " " + runs
                    + " beta 0.1..2.0/20 gamma 0.1,0.2; for more use postsweep.");
        }
        return new Post(job(job), Optional.empty(), OptionalInt.of(runs), Space.of(pairs));
    }
}

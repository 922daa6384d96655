package io.jobmon.cli;

import io.jobmon.JobMonException;
import io.jobmon.ParamSpace;
import java.util.List;
import java.util.Map;

/** The points of a sweep, from arguments such as {@code beta=0.1..2.0/20}. */
final class Space {

    private Space() {}

    static ParamSpace of(List<String> arguments) {
        if (arguments.isEmpty()) {
            return ParamSpace.points(List.of(Map.of()));
        }
        ParamSpace.Grid grid = ParamSpace.grid();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 1) {
                throw new UsageException("'" + argument + "' is no NAME=VALUES; write such as beta=0.1..2.0/20.");
            }
            String name = argument.substring(0, equals);
            try {
                grid = grid.axis(name, ValueText.axis(name, argument.substring(equals + 1)));
            } catch (JobMonException e) {
                throw new UsageException(String.valueOf(e.getMessage()));
            }
        }
        return grid;
    }

    /** One point: a value for each name. */
    static ParamSpace point(List<String> arguments) {
        ParamSpace space = of(arguments);
        if (space.size() > 1) {
            throw new UsageException("That is " + Texts.count(space.size(), "point") + "; give one value for each"
                    + " parameter, or use postsweep.");
        }
        return space;
    }
}

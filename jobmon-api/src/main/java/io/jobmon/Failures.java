package io.jobmon;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The dead letters of a sweep, grouped by cause, the most frequent first. Failures have one cause if they have one type, and
 * message and stack trace are the same once numbers, addresses, ids and temporary paths are taken out; of the stack trace the
 * frames outside the JDK count.
 *
 * @param total how many experiments failed
 * @param succeeded how many experiments succeeded
 * @param groups the groups, all of them
 * @since 0.1
 */
public record Failures(long total, long succeeded, List<Group> groups) implements Iterable<Failures.Group> {

    /** So many groups are shown by {@link #toString()}, and have a region looked for. */
    public static final int SHOWN = 20;

    /**
     * Copies the list.
     *
     * @param total how many experiments failed
     * @param succeeded how many experiments succeeded
     * @param groups the groups
     */
    public Failures {
        groups = List.copyOf(groups);
    }

    /**
     * Experiments that failed alike.
     *
     * @param cause the failure they share, with the output of the first of them that has any
     * @param count how many they are
     * @param examples some of their indices, the smallest first, at most 10
     * @param first when the first of them failed; by the clock of its worker
     * @param last when the last of them failed
     * @param smallest the one of the smallest index
     * @param region where in the parameter space they lie; empty if no condition tells them from the successes, or the group is
     *     not among the 20 biggest
     */
    public record Group(
            Failure cause,
            long count,
            List<Long> examples,
            Instant first,
            Instant last,
            Example smallest,
            Optional<FailureRegion> region) {

        /**
         * Copies the list.
         *
         * @param cause the failure they share
         * @param count how many they are
         * @param examples some of their indices
         * @param first when the first of them failed
         * @param last when the last of them failed
         * @param smallest the one of the smallest index
         * @param region where in the parameter space they lie
         */
        public Group {
            examples = List.copyOf(examples);
        }

        /**
         * The line of Java that runs one of them here.
         *
         * @return such as {@code sweep.replay(1234)}
         */
        public String replay() {
            return "sweep.replay(" + smallest.index + ")";
        }

        /**
         * The group for people.
         *
         * @return a few lines
         */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(FailureRegion.count(count) + " x " + shortly(cause.toString()));
            frame().ifPresent(frame -> text.append("\n    ").append(frame));
            String stderr = lastLines(cause.stderr());
            if (!stderr.isEmpty()) {
                text.append("\n    stderr: ").append(stderr);
            }
            region.ifPresent(where -> text.append("\n    ")
                    .append(where)
                    .append(where.failures() < count ? " (a sample of " + FailureRegion.count(count) + ")" : ""));
            text.append("\n    index ")
                    .append(examples.stream().map(String::valueOf).collect(Collectors.joining(", ")))
                    .append(count > examples.size() ? ", ..." : "");
            text.append("\n    first at ").append(first.truncatedTo(ChronoUnit.SECONDS));
            if (count > 1) {
                text.append(", last at ").append(last.truncatedTo(ChronoUnit.SECONDS));
            }
            return text.append("\n    ")
                    .append(replay())
                    .append(" runs one here: ")
                    .append(shortly(smallest.toString()))
                    .toString();
        }

        private Optional<String> frame() {
            return cause.stack().lines().filter(line -> line.startsWith("at ")).findFirst();
        }
    }

    /**
     * One experiment that failed.
     *
     * @param index its index
     * @param point its parameters
     * @param replicate its replicate, from 0
     */
    public record Example(long index, Point point, int replicate) {

        /**
         * The experiment for people.
         *
         * @return the parameters and the replicate
         */
        @Override
        public String toString() {
            return point + ", replicate " + replicate;
        }
    }

    @Override
    public Iterator<Group> iterator() {
        return groups.iterator();
    }

    /**
     * The failures as a text to read: the 20 biggest groups.
     *
     * @return a few lines for each group
     */
    @Override
    public String toString() {
        if (total == 0) {
            return "no failures";
        }
        StringBuilder text =
                new StringBuilder(FailureRegion.count(total)).append(total == 1 ? " failure" : " failures");
        if (groups.size() > 1) {
            text.append(" in ").append(groups.size()).append(" groups");
        }
        if (succeeded == 0) {
            text.append("; nothing has succeeded");
        }
        groups.stream()
                .limit(SHOWN)
                .forEach(group -> text.append("\n  ").append(group.toString().replace("\n", "\n  ")));
        long more = groups.size() - SHOWN;
        if (more > 0) {
            text.append("\n  and ").append(more).append(more == 1 ? " more group" : " more groups");
        }
        return text.toString();
    }

    private static String shortly(String text) {
        String line = text.strip().replaceAll("\\s*\\R\\s*", " | ");
        return line.length() <= 300 ? line : line.substring(0, 300) + "...";
    }

    private static String lastLines(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        return shortly(String.join("\n", lines.subList(Math.max(0, lines.size() - 3), lines.size())));
    }
}

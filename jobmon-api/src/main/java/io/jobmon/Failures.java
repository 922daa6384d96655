package io.jobmon;

import java.util.Iterator;
import java.util.List;

/**
 * The dead letters of a sweep, grouped by cause, the most frequent first.
 *
 * @param total how many experiments failed
 * @param groups the groups
 * @since 0.1
 */
public record Failures(long total, List<Group> groups) implements Iterable<Failures.Group> {

    /**
     * Copies the list.
     *
     * @param total how many experiments failed
     * @param groups the groups
     */
    public Failures {
        groups = List.copyOf(groups);
    }

    /**
     * Experiments that failed alike.
     *
     * @param cause the failure they share
     * @param count how many they are
     * @param examples some of their indices, the smallest first, at most 10
     */
    public record Group(Failure cause, long count, List<Long> examples) {

        /**
         * Copies the list.
         *
         * @param cause the failure they share
         * @param count how many they are
         * @param examples some of their indices
         */
        public Group {
            examples = List.copyOf(examples);
        }
    }

    @Override
    public Iterator<Group> iterator() {
        return groups.iterator();
    }

    /**
     * The failures as a text to read.
     *
     * @return a few lines for each group
     */
    @Override
    public String toString() {
        if (total == 0) {
            return "no failures";
        }
        StringBuilder text = new StringBuilder().append(total).append(total == 1 ? " failure" : " failures");
        for (Group group : groups) {
            text.append("\n  ").append(group.count()).append(" x ").append(group.cause());
            text.append("\n      at index ");
            for (int i = 0; i < group.examples().size(); i++) {
                text.append(i == 0 ? "" : ", ").append(group.examples().get(i));
            }
            if (group.count() > group.examples().size()) {
                text.append(", ...");
            }
            if (!group.examples().isEmpty()) {
                text.append("; sweep.replay(").append(group.examples().get(0)).append(") runs one here");
            }
        }
        return text.toString();
    }
}

package io.jobmon.ssh;

import io.jobmon.spi.BatchSystem.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code qstat -t} says: a line for each subjob, "17[3].server  name  user  time  S  queue". The server's name may be cut
 * off, the number before it is unique.
 */
final class PbsQueue {

    private static final Pattern LINE =
            Pattern.compile("(\\d{1,18})(\\[(\\d{0,9})\\])?(?:[.*]\\S*)?\\s+\\S+\\s+\\S+\\s+\\S+\\s+([A-Z])\\s+\\S+");
    private static final Pattern HEADING = Pattern.compile("(Job [Ii][Dd]\\s.*|[\\s-]*)");

    private PbsQueue() {}

    /** Reads a list of jobs; an empty result: it is none. */
    static Optional<List<Task>> read(String text, Collection<String> arrays) {
        Map<String, String> ids = new HashMap<>();
        arrays.forEach(array -> ids.put(array.split("[\\[.]", 2)[0], array));
        List<Task> tasks = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            Matcher job = LINE.matcher(line);
            if (job.matches()) {
                @Nullable String array = ids.get(job.group(1));
                if (array != null) {
                    add(tasks, array, job.group(3), job.group(4));
                }
            } else if (!HEADING.matcher(line).matches()) {
                return Optional.empty();
            }
        }
        return Optional.of(tasks);
    }

    private static void add(List<Task> tasks, String array, @Nullable String index, String state) {
        // The array itself has a line too.
        if (index != null && index.isEmpty()) {
            return;
        }
        int number = index == null ? 1 : Integer.parseInt(index);
        switch (state) {
            case "C", "F", "X" -> {}
            case "R", "E", "S", "U" -> tasks.add(new Task(array, number, 1, true, ""));
            case "Q" -> tasks.add(new Task(array, number, 1, false, ""));
            case "H" -> tasks.add(new Task(array, number, 1, false, "held"));
            case "W" -> tasks.add(new Task(array, number, 1, false, "waits for its time"));
            default -> tasks.add(new Task(array, number, 1, false, "state " + state));
        }
    }
}

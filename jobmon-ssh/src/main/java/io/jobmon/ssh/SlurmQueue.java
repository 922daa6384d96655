package io.jobmon.ssh;

import io.jobmon.spi.BatchSystem.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What squeue says. Empty results: it cannot be understood. */
final class SlurmQueue {

    /** Array, task, state, reason. */
    static final String FORMAT = "%F|%K|%T|%r";

    private static final Set<String> WAITING = Set.of(
            "PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_FED", "REQUEUE_HOLD", "SPECIAL_EXIT", "RESV_DEL_HOLD");
    private static final Set<String> ENDED = Set.of(
            "BOOT_FAIL",
            "CANCELLED",
            "COMPLETED",
            "DEADLINE",
            "FAILED",
            "NODE_FAIL",
            "OUT_OF_MEMORY",
            "PREEMPTED",
            "REVOKED",
            "TIMEOUT");
    private static final Set<String> RUNNING =
            Set.of("RUNNING", "SUSPENDED", "STOPPED", "SIGNALING", "STAGE_OUT", "RESIZING");

    private SlurmQueue() {}

    /**
     * Reads the JSON of squeue. Numbers are numbers or null up to 22.05, objects with "set" and "number" later; a state is a
     * word up to 23.02, a list of words later.
     */
    static Optional<List<Task>> json(String text, Map<Long, String> ids) {
        List<Task> tasks = new ArrayList<>();
        try {
            if (!(Json.read(text) instanceof Map<?, ?> answer)
                    || !(answer.get("jobs") instanceof List<?> jobs)
                    || (answer.get("errors") instanceof List<?> errors && !errors.isEmpty())) {
                return Optional.empty();
            }
            for (Object job : jobs) {
                if (!(job instanceof Map<?, ?> fields)) {
                    return Optional.empty();
                }
                @Nullable String array = ids.get(number(fields.get("array_job_id")));
                if (array != null && !add(tasks, array, fields)) {
                    return Optional.empty();
                }
            }
        } catch (Json.Malformed e) {
            return Optional.empty();
        }
        return Optional.of(tasks);
    }

    private static boolean add(List<Task> tasks, String array, Map<?, ?> fields) {
        List<String> states = words(fields.get("job_state"));
        if (states.isEmpty()) {
            return false;
        }
        long task = number(fields.get("array_task_id"));
        int count = 1;
        if (task < 0 && !ended(states)) {
            task = 0;
            count = TaskSets.count(String.valueOf(fields.get("array_task_string")));
        }
        if (count < 1 || task > Integer.MAX_VALUE) {
            return false;
        }
        add(tasks, array, (int) task, count, states, String.valueOf(fields.get("state_reason")));
        return true;
    }

    private static long number(@Nullable Object value) {
        if (value instanceof Map<?, ?> parts) {
            return Boolean.TRUE.equals(parts.get("set")) ? number(parts.get("number")) : -1;
        }
        return value instanceof Long number ? number : -1;
    }

    private static List<String> words(@Nullable Object value) {
        Collection<?> values = value instanceof Collection<?> several ? several : Collections.singleton(value);
        return values.stream()
                .filter(String.class::isInstance)
                .map(word -> String.valueOf(word).toUpperCase(Locale.ROOT))
                .toList();
    }

    /** Reads lines in {@link #FORMAT}, one for each task. */
    static Optional<List<Task>> plain(String text, Map<Long, String> ids) {
        List<Task> tasks = new ArrayList<>();
        for (String line : text.lines().toList()) {
            // With --clusters, even without a header.
            if (line.isBlank() || line.startsWith("CLUSTER: ")) {
                continue;
            }
            String[] fields = line.strip().split("\\|", 4);
            if (fields.length < 4 || !fields[0].matches("\\d{1,18}") || !fields[1].matches("\\d{1,9}|N/A")) {
                return Optional.empty();
            }
            @Nullable String array = ids.get(Long.parseLong(fields[0]));
            if (array != null) {
                int task = fields[1].equals("N/A") ? 0 : Integer.parseInt(fields[1]);
                add(tasks, array, task, 1, List.of(fields[2]), fields[3]);
            }
        }
        return Optional.of(tasks);
    }

    private static void add(List<Task> tasks, String array, int task, int count, List<String> states, String reason) {
        String remark = reason.equals("None") || reason.equals("null") ? "" : reason;
        if (!Collections.disjoint(states, WAITING)) {
            tasks.add(new Task(array, task, count, false, remark));
        } else if (ended(states)) {
            return;
        } else if (states.contains("COMPLETING") || !Collections.disjoint(states, RUNNING)) {
            tasks.add(new Task(array, task, count, true, ""));
        } else {
            tasks.add(new Task(array, task, count, false, String.join("+", states)));
        }
    }

    /** What is still being killed or cleaned away has not ended: it holds its cores. */
    private static boolean ended(List<String> states) {
        return !states.contains("COMPLETING") && !Collections.disjoint(states, ENDED);
    }
}

package io.jobmon.ssh;

/** Numbers of tasks, as schedulers write them together: "1-3,7,9-15:2%4". */
final class TaskSets {

    private static final String SET = "\\d{1,9}(-\\d{1,9}(:[1-9]\\d{0,8})?)?";
    private static final String SETS = SET + "(," + SET + ")*(%\\d+)?";

    private TaskSets() {}

    /** How many they are; 0 of what cannot be understood or is not told to its end. */
    static int count(String sets) {
        if (!sets.matches(SETS)) {
            return 0;
        }
        long count = 0;
        for (String set : sets.split("%", 2)[0].split(",", -1)) {
            String[] bounds = set.split("[-:]", 3);
            long from = Long.parseLong(bounds[0]);
            long to = bounds.length > 1 ? Long.parseLong(bounds[1]) : from;
            count += to < from ? 0 : (to - from) / (bounds.length > 2 ? Long.parseLong(bounds[2]) : 1) + 1;
        }
        return (int) Math.min(Integer.MAX_VALUE, count);
    }
}

package io.jobmon.core.queue;

import io.jobmon.Isolation;
import io.jobmon.JobMonException;
import io.jobmon.core.codec.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What running a sweep needs to know: identity, which never changes, and policy, of which the last post wins.
 *
 * @param id the sweep
 * @param identity what it is
 * @param policy how to run it
 */
public record SweepMeta(String id, Identity identity, Policy policy) {

    /**
     * What never changes.
     *
     * @param name the job's name
     * @param job the job's hash
     * @param base the hash of the job without its inputs: what a worker holds
     * @param specification the space
     * @param points its size
     * @param replicates how often each point is run
     * @param seed the master seed
     * @param commonRandomNumbers whether the parameters are left out of the seeds
     * @param inputs the input files as JSON, path to SHA-256
     * @param posted when it was first posted, ms, Redis' time; 0 before
     */
    public record Identity(
            String name,
            String job,
            String base,
            String specification,
            long points,
            int replicates,
            long seed,
            boolean commonRandomNumbers,
            String inputs,
            long posted) {}

    /**
     * What the last post decides.
     *
     * @param attempts how often an experiment may fail
     * @param backoff the wait before the second attempt
     * @param timeout the longest an experiment may take
     * @param priority higher is claimed first
     * @param tags what a worker must carry
     * @param keepGoing whether to go on when all fail
     * @param limits what is too slow, and how many failures are too many
     * @param isolation where experiments run
     */
    public record Policy(
            int attempts,
            Duration backoff,
            Optional<Duration> timeout,
            int priority,
            List<String> tags,
            boolean keepGoing,
            Limits limits,
            Isolation isolation) {

        /**
         * Copies the list.
         *
         * @param attempts how often an experiment may fail
         * @param backoff the wait before the second attempt
         * @param timeout the longest an experiment may take
         * @param priority higher is claimed first
         * @param tags what a worker must carry
         * @param keepGoing whether to go on when all fail
         * @param limits what is too slow, and how many failures are too many
         * @param isolation where experiments run
         */
        public Policy {
            tags = List.copyOf(tags);
        }
    }

    /**
     * Limits that are told by what the sweep does. 0 is none.
     *
     * @param timesMedian an experiment may take this many times the median
     * @param failures so many dead letters pause the sweep
     * @param failureShare such a share of dead letters among the outcomes pauses it
     */
    public record Limits(double timesMedian, long failures, double failureShare) {

        /** No limits. */
        public static final Limits NONE = new Limits(0, 0, 0);
    }

    /**
     * How many experiments there are.
     *
     * @return points times replicates
     */
    public long size() {
        return identity.points * identity.replicates;
    }

    /**
     * The same sweep, with the time of its first post.
     *
     * @param millis Redis' time
     * @return the copy
     */
    public SweepMeta postedAt(long millis) {
        return new SweepMeta(
                id,
                new Identity(
                        identity.name,
                        identity.job,
                        identity.base,
                        identity.specification,
                        identity.points,
                        identity.replicates,
                        identity.seed,
                        identity.commonRandomNumbers,
                        identity.inputs,
                        millis),
                policy);
    }

    Map<String, String> identityFields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("v", "1");
        fields.put("name", identity.name);
        fields.put("job", identity.job);
        fields.put("base", identity.base);
        fields.put("spec", identity.specification);
        fields.put("points", Long.toString(identity.points));
        fields.put("reps", Integer.toString(identity.replicates));
        fields.put("size", Long.toString(size()));
        fields.put("seed", Long.toString(identity.seed));
        fields.put("crn", identity.commonRandomNumbers ? "1" : "0");
        fields.put("inputs", identity.inputs);
        return fields;
    }

    Map<String, String> policyFields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("attempts", Integer.toString(policy.attempts));
        fields.put("backoff", Long.toString(policy.backoff.toMillis()));
        fields.put(
                "timeout", Long.toString(policy.timeout.map(Duration::toMillis).orElse(0L)));
        fields.put("priority", Integer.toString(policy.priority));
        fields.put("tags", String.join(",", policy.tags));
        fields.put("keep", policy.keepGoing ? "1" : "0");
        fields.put("isolation", policy.isolation.isProcess() ? "process" : "thread");
        fields.put("heap", policy.isolation.maxHeap().orElse(""));
        fields.put("renew", Integer.toString(policy.isolation.renewAfter().orElse(0)));
        fields.put("median", number(policy.limits.timesMedian));
        fields.put("stop", Long.toString(policy.limits.failures));
        fields.put("share", number(policy.limits.failureShare));
        return fields;
    }

    private static String number(double value) {
        return value == 0 ? "0" : Json.number(value);
    }

    static SweepMeta of(String id, Map<String, String> fields) {
        long timeout = Long.parseLong(fields.getOrDefault("timeout", "0"));
        String tags = fields.getOrDefault("tags", "");
        return new SweepMeta(
                id,
                new Identity(
                        field(fields, "name"),
                        field(fields, "job"),
                        field(fields, "base"),
                        field(fields, "spec"),
                        Long.parseLong(field(fields, "points")),
                        Integer.parseInt(field(fields, "reps")),
                        Long.parseLong(field(fields, "seed")),
                        field(fields, "crn").equals("1"),
                        fields.getOrDefault("inputs", "{}"),
                        Long.parseLong(fields.getOrDefault("posted", "0"))),
                new Policy(
                        Integer.parseInt(field(fields, "attempts")),
                        Duration.ofMillis(Long.parseLong(field(fields, "backoff"))),
                        timeout == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(timeout)),
                        Integer.parseInt(fields.getOrDefault("priority", "0")),
                        tags.isEmpty() ? List.of() : List.of(tags.split(",")),
                        fields.getOrDefault("keep", "0").equals("1"),
                        new Limits(
                                Double.parseDouble(fields.getOrDefault("median", "0")),
                                Long.parseLong(fields.getOrDefault("stop", "0")),
                                Double.parseDouble(fields.getOrDefault("share", "0"))),
                        isolation(fields)));
    }

    /** Checked here, whatever stands in Redis: it becomes an argument of a child JVM. */
    private static Isolation isolation(Map<String, String> fields) {
        if (!fields.getOrDefault("isolation", "thread").equals("process")) {
            return Isolation.THREAD;
        }
        Isolation isolation = Isolation.PROCESS;
        String heap = fields.getOrDefault("heap", "");
        if (!heap.isEmpty()) {
            isolation = isolation.maxHeap(heap);
        }
        int renew = Integer.parseInt(fields.getOrDefault("renew", "0"));
        return renew == 0 ? isolation : isolation.renewAfter(renew);
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new JobMonException("A sweep in Redis lacks the field '" + name
                    + "': something else wrote to its keys. Clean the job and post it again.");
        }
        return value;
    }
}

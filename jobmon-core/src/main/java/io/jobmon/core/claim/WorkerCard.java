package io.jobmon.core.claim;

import io.jobmon.JobMonOptions;
import io.jobmon.core.codec.Json;
import io.jobmon.core.run.Activity;
import io.jobmon.core.run.RunnableJob;
import io.jobmon.core.run.Slots;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * What a worker says of itself with every heartbeat.
 *
 * @param id its id: host, process, and four random digits
 * @param host its host
 * @param slots its slots
 * @param tags what its machine offers
 * @param started when it started
 * @param launch what its launcher said of it
 * @param standing working, resting or stopping, and for how long
 */
record WorkerCard(
        String id, String host, int slots, Set<String> tags, Instant started, Launch launch, Standing standing) {

    /** More files than this are not listed. */
    private static final int FILES = 50;

    static WorkerCard make(RunningWorker.Setup setup, Supplier<String> status) {
        String host = hostName();
        String id = "%s-%d-%04x"
                .formatted(
                        host,
                        ProcessHandle.current().pid(),
                        ThreadLocalRandom.current().nextInt(0x10000));
        Standing standing = new Standing(status, System::nanoTime);
        return new WorkerCard(id, host, setup.slots(), setup.tags(), Instant.now(), setup.launch(), standing);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "_");
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** What it answers to, beside its id, when workers are told to stop. */
    Set<String> names() {
        return launch.place().isEmpty() ? Set.of(host) : new TreeSet<>(List.of(host, launch.place()));
    }

    String json(Slots running, Catalog catalog, double rate, Map<String, Double> rates, String telemetry) {
        Activity activity = running.activity();
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("unique_id", id);
        card.put("host", host);
        card.put("pid", ProcessHandle.current().pid());
        card.put("slots", slots);
        card.put("busy", running.busy());
        Standing.Look look = standing.look();
        card.put("status", look.status());
        card.put("history", look.seconds());
        card.put("since", started.toEpochMilli());
        card.put("tags", List.copyOf(tags));
        if (!launch.id().isEmpty()) {
            card.put("launch", launch.id());
        }
        if (!launch.place().isEmpty()) {
            card.put("place", launch.place());
        }
        card.put("rate", rate);
        card.put("rates", rates);
        card.put("failures", activity.failures());
        card.put("runs", List.copyOf(activity.jobs()));
        List<Object> jobs = new ArrayList<>();
        for (RunnableJob<?, ?> job : catalog.jobs()) {
            jobs.add(entry(job));
        }
        card.put("jobs", jobs);
        card.put("cannot", catalog.hindered().reasons());
        card.put("running", activity.progress());
        if (!telemetry.isEmpty()) {
            card.put("telemetry", telemetry);
        }
        return Json.text(card);
    }

    private static Map<String, Object> entry(RunnableJob<?, ?> job) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", job.identity().name());
        entry.put("base", job.identity().base());
        Map<String, String> files = job.files();
        if (!files.isEmpty() && files.size() <= FILES) {
            entry.put("files", files);
        }
        return entry;
    }

    /** Counts the workers that hold one of the same jobs. */
    Neighbours count(Map<String, String> alive, Catalog catalog) {
        int workers = 1;
        int all = slots;
        for (Map.Entry<String, String> other : alive.entrySet()) {
            Map<?, ?> card = Json.object(other.getValue());
            if (!other.getKey().equals(id) && shares(card, catalog)) {
                workers++;
                all += card.get("slots") instanceof Number number
                        ? Math.max(1, Math.min(JobMonOptions.MAX_SLOTS, number.intValue()))
                        : 1;
            }
        }
        return new Neighbours(workers, all);
    }

    private static boolean shares(Map<?, ?> card, Catalog catalog) {
        return card.get("jobs") instanceof List<?> jobs
                && jobs.stream()
                        .anyMatch(
                                job -> job instanceof Map<?, ?> map && catalog.holds(String.valueOf(map.get("base"))));
    }
}

package io.jobmon.core.post;

import io.jobmon.core.codec.Json;
import io.jobmon.core.identity.CommandForm;
import io.jobmon.core.queue.Claims;
import io.jobmon.core.queue.SweepMeta;
import io.jobmon.core.queue.SweepStatus;
import io.jobmon.core.watch.ShownText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Says what a sweep waits for. */
final class Explanation {

    private static final int HINDERED = 5;
    private static final int HOLDERS = 200;

    private Explanation() {}

    /** Whether a live worker holds the sweep's code and carries its tags. */
    static boolean anyoneFor(PostContext context, SweepMeta meta) {
        return context.queue().board().alive(context.lease()).values().stream()
                .map(Json::object)
                .anyMatch(card -> bases(card, meta.identity().name())
                                .contains(meta.identity().base())
                        && tags(card).containsAll(meta.policy().tags()));
    }

    /** Why a sweep stands where it stands, also when all is going well. */
    static List<String> all(PostContext context, SweepMeta meta) {
        return reasons(context, meta).stream().map(ShownText::of).toList();
    }

    private static List<String> reasons(PostContext context, SweepMeta meta) {
        SweepStatus status = context.queue().sweeps().status(meta.id());
        long left = status.size() - status.done() - status.dead();
        return switch (status.state()) {
            case "complete" ->
                List.of("it is complete: " + counted(status.done(), "result")
                        + (status.dead() == 0 ? "" : ", " + status.dead() + " failed for good, see sweep.failures()"));
            case "cancelled" -> List.of("it was cancelled, with " + left + " left; post it again to go on");
            case "paused" ->
                List.of("it is paused: " + status.reason()
                        + "; look at sweep.failures(), then call sweep.retryFailed(), or"
                        + " post it again with a higher limit or with keepGoing()");
            case "cleaning" -> List.of("it is being cleaned");
            case "gone" -> List.of("it is not in Redis any more: it was cleaned, or Redis was flushed; post it again");
            default -> open(context, meta, status, left);
        };
    }

    private static List<String> open(PostContext context, SweepMeta meta, SweepStatus status, long left) {
        List<String> lines = new ArrayList<>(lines(context, meta, status));
        OptionalLong memory = context.queue().memoryLeft();
        if (memory.isPresent() && memory.getAsLong() == 0) {
            lines.add("Redis is full: raise its maxmemory, or clean jobs; workers keep what they have until then");
        }
        List<Claims.Holder> holders = context.queue().claims().holders(meta.id(), HOLDERS);
        Map<String, String> alive = context.queue().board().alive(context.lease());
        holders.stream()
                .filter(holder -> !alive.containsKey(holder.worker()))
                .limit(HINDERED)
                .forEach(holder -> lines.add(holder.worker() + " holds " + counted(holder.experiments(), "experiment")
                        + " and is silent; "
                        + (holder.leaseMillis() > 0
                                ? "its lease ends in " + seconds(holder.leaseMillis()) + ", then others get them"
                                : "its lease has ended, and the next worker of this job takes them back")));
        if (status.claims() > 0 && status.waiting() > 0) {
            lines.add(retry(context, meta, status));
        }
        List<Map<?, ?>> fit = alive.values().stream()
                .<Map<?, ?>>map(Json::object)
                .filter(card -> bases(card, meta.identity().name())
                                .contains(meta.identity().base())
                        && tags(card).containsAll(meta.policy().tags()))
                .toList();
        busy(lines, fit, status, left);
        List<Claims.Holder> running = holders.stream()
                .filter(holder -> holder.leaseMillis() > 0 && alive.containsKey(holder.worker()))
                .toList();
        if (!running.isEmpty()) {
            lines.add("it runs: " + (holders.size() == HOLDERS ? "at least " : "")
                    + counted(
                            running.stream()
                                    .mapToLong(Claims.Holder::experiments)
                                    .sum(),
                            "experiment")
                    + " claimed by "
                    + running.stream().map(Claims.Holder::worker).distinct().count() + " of "
                    + counted(fit.size(), "worker")
                    + " that can");
        } else if (lines.isEmpty()) {
            lines.add(counted(fit.size(), "worker") + " can run it and will claim its " + counted(left, "experiment")
                    + " at their next look");
        }
        return lines;
    }

    private static void busy(List<String> lines, List<Map<?, ?>> fit, SweepStatus status, long left) {
        List<String> resting = fit.stream()
                .filter(card -> "resting".equals(card.get("status")))
                .map(card -> String.valueOf(card.get("unique_id")))
                .toList();
        if (!resting.isEmpty()) {
            lines.add("resting, because the last experiments all failed there: " + String.join(", ", resting));
        }
        boolean allBusy = !fit.isEmpty()
                && fit.stream()
                        .allMatch(card -> card.get("busy") instanceof Long busy
                                && card.get("slots") instanceof Long slots
                                && busy >= slots);
        if (allBusy && status.claimed() < left && status.claimed() == 0) {
            Set<String> others = new TreeSet<>();
            fit.forEach(card -> {
                if (card.get("runs") instanceof List<?> runs) {
                    runs.forEach(run -> others.add(String.valueOf(run)));
                }
            });
            lines.add("all slots of the " + counted(fit.size(), "worker") + " that can run it are busy with "
                    + String.join(", ", others));
        }
    }

    private static String retry(PostContext context, SweepMeta meta, SweepStatus status) {
        long millis = context.queue().claims().untilRetry(meta.id()).orElse(0);
        return "failed experiments of " + meta.identity().name() + " that wait for their next attempt: "
                + status.waiting() + ", the first of them " + (millis == 0 ? "is due" : "for " + seconds(millis));
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    /** What waits for what, a line each; none if all is going well. */
    static List<String> lines(PostContext context, SweepMeta meta, SweepStatus status) {
        List<String> lines = new ArrayList<>();
        String name = meta.identity().name();
        int holding = 0;
        int tagged = 0;
        Map<String, Integer> others = new TreeMap<>();
        List<String> hindered = new ArrayList<>();
        for (String card : context.queue().board().alive(context.lease()).values()) {
            Map<?, ?> fields = Json.object(card);
            hindered(fields, name, hindered);
            Set<String> bases = bases(fields, name);
            if (bases.contains(meta.identity().base())) {
                holding++;
                tagged += tags(fields).containsAll(meta.policy().tags()) ? 1 : 0;
            } else {
                bases.forEach(base -> others.merge(base, 1, Integer::sum));
            }
        }
        if (status.state().equals("adopting")) {
            lines.add("results of earlier sweeps are being taken over into " + meta.id()
                    + "; if the program that posted it has ended, post it again");
            return lines;
        }
        String mine = name + " " + Neighbourhood.shortly(meta.identity().base());
        if (holding == 0) {
            lines.add("no worker holds " + mine + others(others, name));
            lines.addAll(hindered);
            lines.addAll(otherFiles(context, meta));
        } else if (tagged == 0) {
            lines.add(holding + (holding == 1 ? " worker holds " : " workers hold ") + mine
                    + ", but none carries the tags " + meta.policy().tags());
        }
        if (tagged > 0 && status.claims() == 0 && status.waiting() > 0) {
            lines.add(retry(context, meta, status));
        }
        if (tagged > 0 && status.claims() == 0 && status.suspects() > 0) {
            lines.add(status.suspects() + " experiments of " + mine
                    + " that killed workers wait for a worker with nothing else to do");
        }
        return lines;
    }

    private static String others(Map<String, Integer> others, String name) {
        StringBuilder text = new StringBuilder();
        others.forEach((base, count) -> text.append("; ")
                .append(count)
                .append(count == 1 ? " worker holds " : " workers hold ")
                .append(name)
                .append(' ')
                .append(Neighbourhood.shortly(base)));
        return text.toString();
    }

    /** What a worker lacks that was given the job, in its own words. */
    private static void hindered(Map<?, ?> card, String name, List<String> lines) {
        if (card.get("cannot") instanceof List<?> all) {
            for (Object each : all) {
                if (each instanceof Map<?, ?> map && name.equals(map.get("name")) && lines.size() < HINDERED) {
                    lines.add("worker " + card.get("unique_id") + " cannot run " + name + ": " + map.get("why"));
                }
            }
        }
    }

    /** Which files are not the poster's, where a worker holds a command job of this name. */
    private static List<String> otherFiles(PostContext context, SweepMeta meta) {
        List<String> lines = new ArrayList<>();
        Map<String, String> mine = CommandForm.digests(
                context.queue().notes().source(meta.identity().job()));
        if (mine.isEmpty()) {
            return lines;
        }
        context.queue().board().alive(context.lease()).forEach((id, card) -> {
            if (!(Json.object(card).get("jobs") instanceof List<?> jobs)) {
                return;
            }
            for (Object job : jobs) {
                if (lines.size() < HINDERED
                        && job instanceof Map<?, ?> map
                        && meta.identity().name().equals(map.get("name"))
                        && map.get("files") instanceof Map<?, ?> files
                        && !files.equals(mine)) {
                    Set<Object> differing = new TreeSet<>(mine.keySet());
                    files.forEach((name, sha256) -> {
                        if (sha256.equals(mine.get(name))) {
                            differing.remove(name);
                        } else {
                            differing.add(name);
                        }
                    });
                    lines.add("worker " + id + " has other files than the poster: " + differing);
                }
            }
        });
        return lines;
    }

    private static Set<String> bases(Map<?, ?> card, String name) {
        Set<String> bases = new HashSet<>();
        if (card.get("jobs") instanceof List<?> jobs) {
            for (Object job : jobs) {
                if (job instanceof Map<?, ?> map && name.equals(map.get("name"))) {
                    bases.add(String.valueOf(map.get("base")));
                }
            }
        }
        return bases;
    }

    private static Set<String> tags(Map<?, ?> card) {
        Set<String> tags = new HashSet<>();
        if (card.get("tags") instanceof List<?> list) {
            list.forEach(tag -> tags.add(String.valueOf(tag)));
        }
        return tags;
    }
}

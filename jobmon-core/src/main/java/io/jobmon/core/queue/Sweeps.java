package io.jobmon.core.queue;

import io.jobmon.JobMonException;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The life of a sweep: posted, opened, asked about, read, cancelled, revived, cleaned. What is done to its experiments is in
 * {@link Claims} and {@link Queue#commit}.
 *
 * <p>Thread safety: any number of threads.
 */
public final class Sweeps {

    // How clean.lua is to clean.
    private static final int USELESS = 2;
    private static final int ABANDONED = 4;
    private static final int ASKED = 1;

    private final Scripts scripts;

    Sweeps(Scripts scripts) {
        this.scripts = scripts;
    }

    /**
     * What a post met.
     *
     * @param state the sweep's state now
     * @param made whether it was not there before
     * @param done results so far
     * @param dead dead letters so far
     * @param first when it was first posted, ms
     * @param now when this post was, ms
     * @param incarnation which server it met, and which history of it: another one after each start and each failover
     */
    public record Posted(String state, boolean made, long done, long dead, long first, long now, String incarnation) {}

    /**
     * Writes a sweep, or meets the one that is there and replaces its policy.
     *
     * @param meta the sweep
     * @param adopting whether a new one begins with taking over results
     * @return what was met
     */
    public Posted post(SweepMeta meta, boolean adopting) {
        Map<String, String> identity = meta.identityFields();
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(Reply.utf8(adopting ? "adopting" : "open"));
        arguments.add(Reply.utf8(identity.size()));
        identity.forEach((name, value) -> {
            arguments.add(Reply.utf8(name));
            arguments.add(Reply.utf8(value));
        });
        meta.policyFields().forEach((name, value) -> {
            arguments.add(Reply.utf8(name));
            arguments.add(Reply.utf8(value));
        });
        Reply reply = scripts.run(Script.POST, meta.id(), arguments.toArray(byte[][]::new));
        if (reply.is("cleaning")) {
            return new Posted("cleaning", false, 0, 0, 0, 0, "");
        }
        return new Posted(
                reply.text(0),
                reply.number(1) == 1,
                reply.number(2),
                reply.number(3),
                reply.number(4),
                reply.number(5),
                reply.text(6));
    }

    /**
     * Ends the taking over of results.
     *
     * @param sweep the sweep
     * @return its state now, or gone
     */
    public String open(String sweep) {
        return scripts.run(Script.OPEN, sweep, scripts.channel()).text(0);
    }

    /**
     * Marks a sweep as having outcomes ahead of its cursor, notes whose they are, and gives the workers that brought them
     * their numbers.
     *
     * @param sweep the sweep
     * @param donor the sweep that the outcomes are of
     * @param workers who ran the outcomes that are taken over
     * @return each worker's number in this sweep
     */
    public Map<String, Integer> adopted(String sweep, String donor, List<String> workers) {
        Reply reply = scripts.run(Script.ADOPT, sweep, Scripts.list(List.of(Reply.utf8(donor)), workers));
        Map<String, Integer> numbers = new HashMap<>();
        for (int k = 0; k < workers.size() && k + 1 < reply.items().size(); k++) {
            numbers.put(workers.get(k), (int) reply.number(k + 1));
        }
        return numbers;
    }

    /**
     * Reads what a sweep is.
     *
     * @param sweep the sweep
     * @return empty if it is not there
     */
    public Optional<SweepMeta> meta(String sweep) {
        return meta(
                sweep,
                scripts.link()
                        .ask(commands ->
                                RedisLink.got(commands.hgetall(scripts.keys().meta(sweep)))));
    }

    private static Optional<SweepMeta> meta(String sweep, Map<String, byte[]> fields) {
        if (!fields.containsKey("spec")) {
            return Optional.empty();
        }
        Map<String, String> texts = new HashMap<>();
        fields.forEach((name, value) -> texts.put(name, Reply.text(value)));
        return Optional.of(SweepMeta.of(sweep, texts));
    }

    /**
     * Asks where a sweep stands.
     *
     * @param sweep the sweep
     * @return its status
     */
    public SweepStatus status(String sweep) {
        return SweepStatus.of(scripts.run(Script.STATUS, sweep));
    }

    /**
     * Reads a sweep's outcomes.
     *
     * @param meta the sweep
     * @return the reader, on this lane
     */
    public SweepReader reader(SweepMeta meta) {
        return new StoredSweep(scripts.link(), scripts.keys(), meta);
    }

    /**
     * Cancels a sweep.
     *
     * @param sweep the sweep
     * @return its state now, or gone
     */
    public String cancel(String sweep) {
        return scripts.run(Script.CLOSE, sweep, scripts.channel()).text(0);
    }

    /**
     * Gives all dead letters their attempts anew and opens the sweep.
     *
     * @param sweep the sweep
     * @return how many
     * @throws JobMonException if it is cancelled, being cleaned or gone
     */
    public long revive(String sweep) {
        String dead = scripts.keys().sweep(sweep) + "dead";
        long revived = 0;
        ScanCursor cursor = ScanCursor.INITIAL;
        do {
            ScanCursor from = cursor;
            MapScanCursor<String, byte[]> found = scripts.link()
                    .ask(commands -> RedisLink.got(commands.hscan(dead, from, ScanArgs.Builder.limit(200))));
            List<String> letters = new ArrayList<>(found.getMap().keySet());
            for (int at = 0; at < letters.size(); at += 500) {
                revived += revive(sweep, letters.subList(at, Math.min(letters.size(), at + 500)));
            }
            cursor = found;
        } while (!cursor.isFinished());
        return revived + revive(sweep, List.of());
    }

    private long revive(String sweep, List<String> letters) {
        Reply reply = scripts.run(Script.REVIVE, sweep, Scripts.list(List.of(), letters));
        if (reply.items().size() == 1) {
            throw new JobMonException("The sweep " + sweep + " is " + reply.text(0)
                    + ", so its failures cannot be tried again; post it again first.");
        }
        return reply.number(1);
    }

    /**
     * Deletes a sweep with all it holds.
     *
     * @param sweep the sweep
     * @param runningToo whether also while workers hold claims
     * @return false if workers hold claims, and nothing was deleted
     */
    public boolean clean(String sweep, boolean runningToo) {
        return clean(sweep, runningToo ? 1 : 0, Duration.ZERO);
    }

    /**
     * Whether nobody needs a sweep: it has no outcome, no checkpoint and no claim, and was not posted for a time.
     *
     * @param sweep the sweep
     * @param unposted for how long
     * @return true if so, also if it is gone
     */
    public boolean useless(String sweep, Duration unposted) {
        return isUseless(sweep, USELESS + ASKED, unposted);
    }

    /**
     * Whether the poster of a sweep ended while it took over results: it has them and no checkpoint and no claim, and was not
     * posted for a time. Whether those results are still elsewhere is not looked at; {@link JobIndex#leftovers} does that.
     *
     * @param sweep the sweep
     * @param unposted for how long
     * @return true if so, also if it is gone
     */
    public boolean abandoned(String sweep, Duration unposted) {
        return isUseless(sweep, ABANDONED + ASKED, unposted);
    }

    private boolean isUseless(String sweep, int how, Duration unposted) {
        return !scripts.run(Script.CLEAN, sweep, Reply.utf8(0), Reply.utf8(how), Reply.utf8(unposted.toMillis()))
                .is("needed");
    }

    /**
     * Deletes a sweep if nobody needs it, as {@link #useless} says.
     *
     * @param sweep the sweep
     * @param unposted for how long it was not posted
     * @return false if it is needed, and nothing was deleted
     */
    public boolean cleanUseless(String sweep, Duration unposted) {
        return clean(sweep, USELESS, unposted);
    }

    /**
     * Deletes a sweep if its poster ended while it took over results, as {@link #abandoned} says.
     *
     * @param sweep the sweep
     * @param unposted for how long it was not posted
     * @return false if that is not so, and nothing was deleted
     */
    public boolean cleanAbandoned(String sweep, Duration unposted) {
        return clean(sweep, ABANDONED, unposted);
    }

    private boolean clean(String sweep, int how, Duration unposted) {
        long block = 0;
        while (true) {
            Reply reply = scripts.run(
                    Script.CLEAN, sweep, Reply.utf8(block), Reply.utf8(how), Reply.utf8(unposted.toMillis()));
            switch (reply.text(0)) {
                case "running", "needed" -> {
                    return false;
                }
                case "more" -> block = reply.number(1);
                default -> {
                    return true;
                }
            }
        }
    }
}

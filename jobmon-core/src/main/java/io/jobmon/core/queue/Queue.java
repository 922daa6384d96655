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
import java.util.OptionalLong;

/**
 * The state of sweeps in Redis: every change is one call here and one atomic script there, and every call can be made twice.
 *
 * <p>Calls are repeated while Redis is out of reach, up to the patience of this lane; then they throw
 * {@link QueueException}. Each lane has a connection of its own.
 *
 * <p>Thread safety: any number of threads.
 */
public final class Queue implements AutoCloseable {

    /** Losses that make an index a dead letter, the last of them alone. */
    public static final int LOSS_LIMIT = 3;

    /** Claims that one call of a script looks at. */
    private static final int STEP = 10;

    private final QueueServer server;
    private final RedisLink link;
    private final Keys keys;

    Queue(QueueServer server, RedisLink link, Keys keys) {
        this.server = server;
        this.link = link;
        this.keys = keys;
    }

    RedisLink link() {
        return link;
    }

    Keys keys() {
        return keys;
    }

    /**
     * Another lane to the same server.
     *
     * @param patience how long its calls are repeated while Redis is out of reach
     * @return the lane; close it
     */
    public Queue lane(Duration patience) {
        return server.lane(patience);
    }

    /**
     * The jobs and which of their sweeps are open.
     *
     * @return the index, on this lane
     */
    public JobIndex jobs() {
        return new JobIndex(link, keys);
    }

    /**
     * The workers.
     *
     * @return the board, on this lane
     */
    public Board board() {
        return new Board(link, keys);
    }

    /**
     * Messages about new work and ended sweeps.
     *
     * @return the signals of the server, shared
     */
    public Signals signals() {
        return server.signals();
    }

    /**
     * Which server, and which history of it, answers: another one after a flush or a fresh start.
     *
     * @return replication id and run id
     */
    public String incarnation() {
        return server.incarnation(link);
    }

    private Reply run(Script script, String sweep, byte[]... arguments) {
        return new Reply(link.run(script, keys.meta(sweep), arguments));
    }

    private byte[] channel() {
        return Reply.utf8(keys.events());
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
     */
    public record Posted(String state, boolean made, long done, long dead, long first, long now) {}

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
        Reply reply = run(Script.POST, meta.id(), arguments.toArray(byte[][]::new));
        if (reply.is("cleaning")) {
            return new Posted("cleaning", false, 0, 0, 0, 0);
        }
        return new Posted(
                reply.text(0),
                reply.number(1) == 1,
                reply.number(2),
                reply.number(3),
                reply.number(4),
                reply.number(5));
    }

    /**
     * Ends the taking over of results.
     *
     * @param sweep the sweep
     * @return its state now, or gone
     */
    public String open(String sweep) {
        return run(Script.OPEN, sweep, channel()).text(0);
    }

    /**
     * Marks a sweep as having outcomes ahead of its cursor, and gives the workers that brought them their numbers.
     *
     * @param sweep the sweep
     * @param workers who ran the outcomes that are taken over
     * @return each worker's number in this sweep
     */
    public Map<String, Integer> adopted(String sweep, List<String> workers) {
        Reply reply = run(Script.ADOPT, sweep, list(List.of(), workers));
        Map<String, Integer> numbers = new HashMap<>();
        for (int k = 0; k < workers.size() && k + 1 < reply.items().size(); k++) {
            numbers.put(workers.get(k), (int) reply.number(k + 1));
        }
        return numbers;
    }

    /**
     * How much memory Redis may still take.
     *
     * @return bytes, empty if it has no limit or does not tell
     */
    public OptionalLong memoryLeft() {
        String info = link.ask(commands -> RedisLink.got(commands.info("memory")));
        String most = Preflight.field(info, "maxmemory");
        String used = Preflight.field(info, "used_memory");
        if (!most.matches("[1-9]\\d{0,17}") || !used.matches("\\d{1,18}")) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.max(0, Long.parseLong(most) - Long.parseLong(used)));
    }

    /**
     * Reads what a sweep is.
     *
     * @param sweep the sweep
     * @return empty if it is not there
     */
    public Optional<SweepMeta> meta(String sweep) {
        return meta(sweep, link.ask(commands -> RedisLink.got(commands.hgetall(keys.meta(sweep)))));
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
        return SweepStatus.of(run(Script.STATUS, sweep));
    }

    /**
     * Reads a sweep's outcomes.
     *
     * @param meta the sweep
     * @return the reader, on this lane
     */
    public SweepReader reader(SweepMeta meta) {
        return new StoredSweep(this, meta);
    }

    /**
     * Asks for work.
     *
     * @param sweep the sweep
     * @param ask what is wanted
     * @return work, or why there is none
     */
    public ClaimAnswer claim(String sweep, ClaimRequest ask) {
        Reply reply = run(
                Script.CLAIM,
                sweep,
                Reply.utf8(ask.request()),
                Reply.utf8(ask.worker()),
                Reply.utf8(ask.most()),
                Reply.utf8(ask.least()),
                Reply.utf8(ask.lease().toMillis()),
                Reply.utf8(ask.allSlots()),
                Reply.utf8(ask.others() ? 1 : 0),
                Reply.utf8(ask.alone() ? 1 : 0));
        return switch (reply.text(0)) {
            case "ok" -> work(ask.request(), reply);
            case "none" -> new ClaimAnswer.Nothing(reply.number(1), reply.number(2), reply.number(4) == 1);
            default -> new ClaimAnswer.Closed(reply.text(0));
        };
    }

    private static ClaimAnswer work(String request, Reply reply) {
        String kind = reply.text(2);
        String data = reply.text(3);
        long from = 0;
        long to = 0;
        long[] list = null;
        if (kind.equals("R")) {
            int dash = data.indexOf('-');
            from = Long.parseLong(data, 0, dash, 10);
            to = Long.parseLong(data, dash + 1, data.length(), 10);
        } else {
            String[] indices = data.split(",");
            list = new long[indices.length];
            for (int k = 0; k < list.length; k++) {
                list[k] = Long.parseLong(indices[k]);
            }
        }
        Map<Long, Integer> failures = new HashMap<>();
        String failed = reply.text(5);
        if (!failed.isEmpty()) {
            for (String pair : failed.split(",")) {
                int colon = pair.indexOf(':');
                failures.put(Long.parseLong(pair, 0, colon, 10), Integer.parseInt(pair, colon + 1, pair.length(), 10));
            }
        }
        Claim claim =
                new Claim(request, reply.number(1), kind.equals("S"), from, to, list, reply.bytes(4), failures, (int)
                        reply.number(6));
        return new ClaimAnswer.Work(claim, reply.number(7), reply.number(8), reply.number(9));
    }

    /**
     * Stores outcomes and ends claims.
     *
     * @param sweep the sweep
     * @param outcomes what to store
     * @param worker who ran them
     * @param workerNumber its number in this sweep
     * @return what became of them
     */
    public CommitAnswer commit(String sweep, Outcomes outcomes, String worker, int workerNumber) {
        return new Committing(link, keys, sweep).commit(outcomes, worker, workerNumber);
    }

    /**
     * Gives claims back.
     *
     * @param sweep the sweep
     * @param worker whose they are
     * @param requests the claims
     * @return how many indices were given back
     */
    public long release(String sweep, String worker, List<String> requests) {
        long given = 0;
        for (int at = 0; at < requests.size(); at += STEP) {
            List<String> step = requests.subList(at, Math.min(requests.size(), at + STEP));
            Reply reply = run(Script.RELEASE, sweep, list(List.of(Reply.utf8(worker)), step));
            given += reply.is("ok") ? reply.number(1) : 0;
        }
        return given;
    }

    /**
     * What a renewal met.
     *
     * @param state the sweep's state, or gone
     * @param lost claims that are not the worker's any more
     */
    public record Renewed(String state, List<String> lost) {}

    /**
     * Prolongs leases.
     *
     * @param sweep the sweep
     * @param worker whose claims
     * @param lease for how long
     * @param requests the claims
     * @return the state, and what was lost
     */
    public Renewed renew(String sweep, String worker, Duration lease, List<String> requests) {
        List<String> lost = new ArrayList<>();
        String state;
        int at = 0;
        do {
            List<String> step = requests.subList(at, Math.min(requests.size(), at + STEP));
            Reply reply =
                    run(Script.RENEW, sweep, list(List.of(Reply.utf8(worker), Reply.utf8(lease.toMillis())), step));
            state = reply.text(0);
            lost.addAll(reply.from(1));
            at += STEP;
        } while (at < requests.size());
        return new Renewed(state, lost);
    }

    /** How {@link #reap} treats claims. */
    public enum Reap {
        /** Takes those whose lease has expired. */
        EXPIRED(""),
        /** Takes all: nobody runs them. */
        ALL("all"),
        /** Takes all and counts no losses: their workers stopped in order. */
        ALL_ORDERLY("orderly");

        private final String text;

        Reap(String text) {
            this.text = text;
        }
    }

    /**
     * Takes claims from silent workers, at most 10 a call; call again while it takes any. Its state is {@code armed} if it
     * found that nobody has reaped for long: then it took nothing, and prolonged the leases that had expired once.
     *
     * @param sweep the sweep
     * @param lease how long a lease is
     * @param how which claims
     * @param causeKey the key of the cause of a dead letter
     * @param cause that cause as JSON
     * @return what was found
     */
    public ReapAnswer reap(String sweep, Duration lease, Reap how, String causeKey, byte[] cause) {
        Reply reply = run(
                Script.REAP,
                sweep,
                channel(),
                Reply.utf8(lease.toMillis()),
                Reply.utf8(how.text),
                Reply.utf8(LOSS_LIMIT),
                Reply.utf8(causeKey),
                cause);
        if (!reply.is("ok")) {
            return new ReapAnswer(0, 0, 0, 0, reply.text(0), List.of());
        }
        return new ReapAnswer(
                reply.number(1), reply.number(2), reply.number(3), reply.number(4), reply.text(5), reply.from(6));
    }

    /**
     * Looks for indices without outcome that nobody has, and gives them back.
     *
     * @param sweep the sweep
     * @param deep whether to compare the bitmap with what is stored
     * @return how many were given back; 0 also if something is claimed or waiting, so that it is no time for an audit
     */
    public long audit(String sweep, boolean deep) {
        long from = 0;
        long counted = 0;
        long holes = 0;
        String mark = "";
        while (true) {
            Reply reply = run(
                    Script.AUDIT,
                    sweep,
                    channel(),
                    Reply.utf8(from),
                    Reply.utf8(counted),
                    Reply.utf8(deep ? 1 : 0),
                    Reply.utf8(mark));
            switch (reply.text(0)) {
                case "more" -> {
                    from = reply.number(1);
                    counted = reply.number(2);
                    holes += reply.number(3);
                    mark = reply.text(4);
                }
                case "ok" -> {
                    return holes + reply.number(2);
                }
                default -> {
                    return holes;
                }
            }
        }
    }

    /**
     * Cancels a sweep.
     *
     * @param sweep the sweep
     * @return its state now, or gone
     */
    public String cancel(String sweep) {
        return run(Script.CLOSE, sweep, channel()).text(0);
    }

    /**
     * Gives all dead letters their attempts anew and opens the sweep.
     *
     * @param sweep the sweep
     * @return how many
     * @throws JobMonException if it is cancelled, being cleaned or gone
     */
    public long revive(String sweep) {
        String dead = keys.sweep(sweep) + "dead";
        long revived = 0;
        ScanCursor cursor = ScanCursor.INITIAL;
        do {
            ScanCursor from = cursor;
            MapScanCursor<String, byte[]> found =
                    link.ask(commands -> RedisLink.got(commands.hscan(dead, from, ScanArgs.Builder.limit(200))));
            List<String> letters = new ArrayList<>(found.getMap().keySet());
            int at = 0;
            do {
                revived += revive(sweep, letters.subList(at, Math.min(letters.size(), at + 500)));
                at += 500;
            } while (at < letters.size());
            cursor = found;
        } while (!cursor.isFinished());
        // Failures that were still on their way may have paused it again in between.
        return revived + revive(sweep, List.of());
    }

    private long revive(String sweep, List<String> letters) {
        Reply reply = run(Script.REVIVE, sweep, list(List.of(), letters));
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
        long block = 0;
        while (true) {
            Reply reply = run(Script.CLEAN, sweep, Reply.utf8(block), Reply.utf8(runningToo ? 1 : 0));
            switch (reply.text(0)) {
                case "running" -> {
                    return false;
                }
                case "more" -> block = reply.number(1);
                default -> {
                    return true;
                }
            }
        }
    }

    /**
     * Stores an experiment's state.
     *
     * @param sweep the sweep
     * @param claim the claim it runs under
     * @param index the experiment
     * @param state JSON, at most 1 MiB
     * @return false if the claim is lost
     */
    public boolean checkpoint(String sweep, Claim claim, long index, byte[] state) {
        return run(
                        Script.CHECKPOINT,
                        sweep,
                        Reply.utf8(claim.request()),
                        Reply.utf8(claim.epoch()),
                        Reply.utf8(index),
                        state)
                .is("ok");
    }

    /**
     * The last state stored for an experiment.
     *
     * @param sweep the sweep
     * @param index the experiment
     * @return JSON, or empty
     */
    public Optional<byte[]> checkpoint(String sweep, long index) {
        byte[] state =
                link.ask(commands -> RedisLink.got(commands.hget(keys.sweep(sweep) + "ckpt", Long.toString(index))));
        return Optional.ofNullable(state);
    }

    private static byte[][] list(List<byte[]> first, List<String> rest) {
        List<byte[]> all = new ArrayList<>(first);
        rest.forEach(text -> all.add(Reply.utf8(text)));
        return all.toArray(byte[][]::new);
    }

    @Override
    public void close() {
        link.close();
    }
}

package io.jobmon.core.queue;

import io.jobmon.Failure;
import io.jobmon.Isolation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** A sweep in a test, with short words for what workers do to it and for what lies in Redis. */
final class TestSweep {

    static final Duration LONG = Duration.ofHours(1);
    static final Duration SHORT = Duration.ofMillis(1);
    static final byte[] LOST = json("lost");

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final Queue queue;
    final SweepMeta meta;
    final String id;
    private final String prefix;

    TestSweep(Queue queue, SweepMeta meta) {
        this.queue = queue;
        this.meta = meta;
        this.id = meta.id();
        this.prefix = queue.keys().sweep(id);
    }

    static SweepMeta meta(String id, long size, int attempts, Duration backoff, boolean keepGoing) {
        return new SweepMeta(
                id,
                new SweepMeta.Identity("Job", "job" + id, "base" + id, "{}", size, 1, 7, false, "{}", 0),
                new SweepMeta.Policy(
                        attempts,
                        backoff,
                        Optional.empty(),
                        0,
                        List.of(),
                        keepGoing,
                        SweepMeta.Limits.NONE,
                        Isolation.THREAD));
    }

    static TestSweep post(Queue queue, long size) {
        return post(queue, size, 3, Duration.ZERO);
    }

    static TestSweep post(Queue queue, long size, int attempts, Duration backoff) {
        return post(queue, meta("s" + NUMBER.incrementAndGet(), size, attempts, backoff, false), false);
    }

    static TestSweep post(Queue queue, long size, int attempts, boolean adopting) {
        return post(queue, meta("s" + NUMBER.incrementAndGet(), size, attempts, Duration.ZERO, false), adopting);
    }

    static TestSweep adopting(Queue queue, long size) {
        return post(queue, size, 3, true);
    }

    private static TestSweep post(Queue queue, SweepMeta meta, boolean adopting) {
        queue.sweeps().post(meta, adopting);
        return new TestSweep(queue, meta);
    }

    Sweeps.Posted again(int attempts, SweepMeta.Limits limits) {
        SweepMeta.Policy policy = new SweepMeta.Policy(
                attempts, Duration.ZERO, Optional.empty(), 0, List.of(), false, limits, Isolation.THREAD);
        return queue.sweeps().post(new SweepMeta(id, meta.identity(), policy), false);
    }

    Sweeps.Posted again(int attempts, boolean keepGoing) {
        return queue.sweeps().post(meta(id, meta.size(), attempts, Duration.ZERO, keepGoing), false);
    }

    static ClaimRequest ask(String request, String worker, int most) {
        return new ClaimRequest(request, worker, most, most, LONG, 1, false, false);
    }

    ClaimAnswer ask(ClaimRequest request) {
        return queue.claims().claim(id, request);
    }

    Claim claim(String request, String worker, int most) {
        return work(ask(ask(request, worker, most)));
    }

    Claim shortly(String request, String worker, int most) {
        return work(ask(new ClaimRequest(request, worker, most, most, SHORT, 1, false, false)));
    }

    Claim alone(String request, String worker, Duration lease) {
        return work(ask(new ClaimRequest(request, worker, 10, 1, lease, 1, false, true)));
    }

    static Claim work(ClaimAnswer answer) {
        if (answer instanceof ClaimAnswer.Work work) {
            return work.claim();
        }
        throw new AssertionError("no work: " + answer);
    }

    static List<Long> indices(Claim claim) {
        List<Long> indices = new ArrayList<>();
        for (int k = 0; k < claim.span(); k++) {
            if (claim.wanted(k)) {
                indices.add(claim.index(k));
            }
        }
        return indices;
    }

    static byte[] value(long index, String by) {
        return ("[" + index + ",\"" + by + "\"]").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] json(String message) {
        return ("{\"type\":\"T\",\"message\":\"" + message + "\",\"stack\":\"\"}").getBytes(StandardCharsets.UTF_8);
    }

    static Outcomes.Single single(long index, String by) {
        return new Outcomes.Single(index, 5, 7, 1, 0, value(index, by), new byte[0]);
    }

    static Outcomes.Block block(long number, String by) {
        BlockSealer sealer = new BlockSealer();
        StringBuilder lists = new StringBuilder();
        for (long i = 0; i < StoredBlock.SIZE; i++) {
            lists.append(new String(value(number * StoredBlock.SIZE + i, by), StandardCharsets.UTF_8));
        }
        byte[] bytes = lists.toString().getBytes(StandardCharsets.UTF_8);
        byte[] sealed = sealer.seal(0, 5, new long[StoredBlock.SIZE], bytes, bytes.length, true);
        sealer.end();
        return new Outcomes.Block(number, sealed);
    }

    static Outcomes.Fault fault(Claim claim, long index, boolean hopeless) {
        return new Outcomes.Fault(
                index, claim.epoch(), claim.request(), hopeless, 5, 7, "cause", json("of " + claim.request()));
    }

    CommitAnswer commit(Outcomes outcomes) {
        return queue.commit(id, outcomes, "w", 0);
    }

    CommitAnswer singles(String by, long... indices) {
        Outcomes outcomes = new Outcomes();
        Arrays.stream(indices).forEach(index -> outcomes.add(single(index, by)));
        return commit(outcomes);
    }

    CommitAnswer singles(String by, List<Long> indices) {
        return singles(by, indices.stream().mapToLong(Long::longValue).toArray());
    }

    CommitAnswer blocks(String by, long... numbers) {
        Outcomes outcomes = new Outcomes();
        Arrays.stream(numbers).forEach(number -> outcomes.add(block(number, by)));
        return commit(outcomes);
    }

    CommitAnswer fail(Claim claim, boolean hopeless, long... indices) {
        Outcomes outcomes = new Outcomes();
        Arrays.stream(indices).forEach(index -> outcomes.add(fault(claim, index, hopeless)));
        return commit(outcomes);
    }

    CommitAnswer end(Claim claim) {
        Outcomes outcomes = new Outcomes();
        outcomes.end(claim.request());
        return commit(outcomes);
    }

    /** Reaps once the given milliseconds of Redis' clock have passed. */
    ReapAnswer reap() {
        return queue.claims().reap(id, LONG, Claims.Reap.EXPIRED, "lost", LOST);
    }

    ReapAnswer reap(Claims.Reap how) {
        return queue.claims().reap(id, LONG, how, "lost", LOST);
    }

    /** Waits until short leases given until now have expired by Redis' clock. */
    void expire() {
        long now = queue.board().now();
        while (queue.board().now() <= now + SHORT.toMillis()) {
            Thread.onSpinWait();
        }
    }

    SweepStatus status() {
        return queue.sweeps().status(id);
    }

    /** A number of meta, 0 if it is not there. */
    long figure(String field) {
        return Long.parseLong(hash("meta").getOrDefault(field, "0"));
    }

    Map<String, String> hash(String key) {
        Map<String, String> texts = new TreeMap<>();
        queue.link()
                .ask(commands -> RedisLink.got(commands.hgetall(prefix + key)))
                .forEach((name, value) -> texts.put(name, Reply.text(value)));
        return texts;
    }

    List<String> list(String key) {
        return queue.link().ask(commands -> RedisLink.got(commands.lrange(prefix + key, 0, -1))).stream()
                .map(Reply::text)
                .toList();
    }

    List<String> zset(String key) {
        return queue.link().ask(commands -> RedisLink.got(commands.zrange(prefix + key, 0, -1))).stream()
                .map(Reply::text)
                .toList();
    }

    void score(String key, String member, long score) {
        queue.link().ask(commands -> RedisLink.got(commands.zadd(prefix + key, (double) score, Reply.utf8(member))));
    }

    double score(String key, String member) {
        return queue.link().ask(commands -> RedisLink.got(commands.zscore(prefix + key, Reply.utf8(member))));
    }

    void delete(String key) {
        queue.link().ask(commands -> RedisLink.got(commands.del(prefix + key)));
    }

    void vanish(String request) {
        queue.link().ask(commands -> {
            RedisLink.got(commands.hdel(prefix + "claims", request));
            return RedisLink.got(commands.zrem(prefix + "leases", Reply.utf8(request)));
        });
    }

    void set(String field, String value) {
        queue.link().ask(commands -> RedisLink.got(commands.hset(prefix + "meta", field, Reply.utf8(value))));
    }

    TreeSet<String> keys() {
        TreeSet<String> keys = new TreeSet<>();
        for (String key : queue.link().ask(commands -> RedisLink.got(commands.keys(prefix + "*")))) {
            keys.add(key.substring(prefix.length()));
        }
        return keys;
    }

    /** Every outcome as a reader sees it: index to R:value or D:message. */
    Map<Long, String> outcomes() {
        SweepReader reader = queue.sweeps().reader(meta);
        long[] blocks = LongStream.range(0, (meta.size() + 127) / 128).toArray();
        Map<Integer, Failure> causes = reader.causes();
        Map<Long, String> outcomes = new TreeMap<>();
        for (StoredBlock block : reader.read(blocks).join()) {
            String payload = block.contiguous() ? new String(block.payload(), StandardCharsets.UTF_8) : "";
            String[] values = payload.split("(?<=\\])");
            for (int i = 0; i < StoredBlock.SIZE; i++) {
                long index = block.block() * StoredBlock.SIZE + i;
                if (block.state(i) == StoredBlock.RESULT) {
                    outcomes.put(
                            index,
                            "R:"
                                    + (block.contiguous()
                                            ? values[i]
                                            : new String(block.value(i), StandardCharsets.UTF_8)));
                } else if (block.state(i) == StoredBlock.DEAD) {
                    Failure cause = causes.get(block.cause(i));
                    outcomes.put(index, "D:" + (cause == null ? "?" : cause.message()));
                }
            }
        }
        return outcomes;
    }

    /** The indices whose bit is set. */
    TreeSet<Long> bits() {
        TreeSet<Long> set = new TreeSet<>();
        List<byte[]> pieces = queue.sweeps().reader(meta).bits(0, (int) (meta.size() / 65536) + 1);
        for (int p = 0; p < pieces.size(); p++) {
            byte[] piece = pieces.get(p);
            for (int i = 0; i < piece.length * 8; i++) {
                if ((piece[i / 8] & 0x80 >> i % 8) != 0) {
                    set.add(p * 65536L + i);
                }
            }
        }
        return set;
    }
}

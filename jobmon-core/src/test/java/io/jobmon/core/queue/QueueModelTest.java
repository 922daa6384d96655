package io.jobmon.core.queue;

import io.jobmon.core.queue.ModelWorld.Known;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Workers, zombies among them, do what they like to a small sweep; every call may be made twice, at once or late; after each
 * call Redis must hold what the model says.
 */
class QueueModelTest {

    private static final TestRedis SEVEN = TestRedis.seven();
    private static final TestRedis SIX_TWO = TestRedis.sixTwo();
    private static final List<AutoCloseable> OPENED = new ArrayList<>();
    private static Queue seven;
    private static Queue sixTwo;

    @BeforeContainer
    static void connect() {
        seven = lane(SEVEN);
        sixTwo = lane(SIX_TWO);
    }

    private static Queue lane(TestRedis redis) {
        OPENED.add(redis.start());
        QueueServer server = redis.server("model");
        OPENED.add(server);
        Queue queue = server.lane(Duration.ofSeconds(5));
        OPENED.add(queue);
        return queue;
    }

    @AfterContainer
    static void disconnect() throws Exception {
        Collections.reverse(OPENED);
        for (AutoCloseable opened : OPENED) {
            opened.close();
        }
    }

    enum Kind {
        CLAIM,
        RUSH,
        COMMIT,
        FAIL,
        END,
        RELEASE,
        RENEW,
        REAP,
        OUTAGE,
        REAP_ALL,
        CANCEL,
        POST,
        REVIVE,
        AUDIT,
        CHECKPOINT,
        VANISH,
        ADOPT,
        OPEN,
        LATE
    }

    /** What happens: who and how are drawn from the numbers, as far as they mean anything then. */
    record Op(Kind kind, int who, int how, int much, boolean twice) {}

    @Provide
    Arbitrary<List<Op>> operations() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(24, Kind.CLAIM),
                Tuple.of(4, Kind.RUSH),
                Tuple.of(20, Kind.COMMIT),
                Tuple.of(14, Kind.FAIL),
                Tuple.of(6, Kind.END),
                Tuple.of(6, Kind.RELEASE),
                Tuple.of(6, Kind.RENEW),
                Tuple.of(14, Kind.REAP),
                Tuple.of(2, Kind.OUTAGE),
                Tuple.of(1, Kind.REAP_ALL),
                Tuple.of(2, Kind.CANCEL),
                Tuple.of(3, Kind.POST),
                Tuple.of(4, Kind.REVIVE),
                Tuple.of(2, Kind.AUDIT),
                Tuple.of(2, Kind.CHECKPOINT),
                Tuple.of(1, Kind.VANISH),
                Tuple.of(4, Kind.ADOPT),
                Tuple.of(12, Kind.OPEN),
                Tuple.of(12, Kind.LATE));
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 999).withoutEdgeCases();
        return Combinators.combine(kinds, any, any, any, Arbitraries.of(true, false))
                .as(Op::new)
                .list()
                .ofMinSize(20)
                .ofMaxSize(90);
    }

    @Property(tries = 150)
    void should_give_each_index_one_outcome_on_redis_7_0(
            @ForAll("operations") List<Op> operations,
            @ForAll @IntRange(min = 300, max = 700) int size,
            @ForAll boolean adopting) {
        run(seven, operations, size, adopting);
    }

    @Property(tries = 150)
    void should_give_each_index_one_outcome_on_redis_6_2(
            @ForAll("operations") List<Op> operations,
            @ForAll @IntRange(min = 300, max = 700) int size,
            @ForAll boolean adopting) {
        run(sixTwo, operations, size, adopting);
    }

    private static void run(Queue queue, List<Op> operations, int size, boolean adopting) {
        ModelWorld world = new ModelWorld(queue, size, 2, adopting);
        try {
            for (int n = 0; n < operations.size(); n++) {
                act(world, operations.get(n), n);
                world.compare();
            }
            world.drain();
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\nafter\n" + String.join("\n", world.trace), e);
        }
    }

    private static void act(ModelWorld world, Op op, int n) {
        switch (op.kind) {
            case CLAIM -> claim(world, op, n);
            case RUSH -> world.rush("q" + n, 1 + op.how % 8);
            case REAP -> world.call("reap", op.twice, () -> world.reap(Claims.Reap.EXPIRED, TestSweep.LONG));
            case OUTAGE -> world.call("outage", op.twice, () -> world.reap(Claims.Reap.EXPIRED, TestSweep.SHORT));
            case REAP_ALL -> {
                Claims.Reap how = op.how % 2 == 0 ? Claims.Reap.ALL : Claims.Reap.ALL_ORDERLY;
                world.call("reap " + how, op.twice, () -> world.reap(how, TestSweep.LONG));
            }
            case CANCEL -> world.call("cancel", op.twice, world::cancel);
            case POST -> {
                SweepMeta.Limits limits = limits(op);
                world.call("post " + limits, op.twice, () -> world.post(limits));
            }
            case REVIVE -> world.call("revive", op.twice, world::revive);
            case ADOPT -> {
                int most = op.how % 12 == 0 ? world.model.size : 1 + op.much % 200;
                List<Long> indices = LongStream.range(0, most)
                        .map(k -> (op.who + k * (1 + op.how % 3)) % world.model.size)
                        .distinct()
                        .boxed()
                        .toList();
                world.call("adopt " + indices, op.twice, () -> world.adopt("donor" + n, indices));
            }
            case OPEN -> world.call("open", op.twice, world::open);
            case AUDIT -> world.call("audit", op.twice, () -> world.audit(op.how % 2 == 0));
            case LATE -> {
                if (!world.calls.isEmpty()) {
                    int count = world.calls.size();
                    int back = op.how % 2 == 0 ? op.much % count : op.much % Math.min(8, count);
                    world.calls.get(count - 1 - back).run();
                }
            }
            default -> {
                if (!world.known.isEmpty()) {
                    onClaim(world, op, n, pick(world, op));
                }
            }
        }
    }

    private static SweepMeta.Limits limits(Op op) {
        return switch (op.how % 4) {
            case 0 -> new SweepMeta.Limits(0, 1 + op.much % 12, 0);
            case 1 -> new SweepMeta.Limits(0, 0, 0.01 * (1 + op.much % 5));
            case 2 -> new SweepMeta.Limits(0, 1 + op.much % 20, 0.02);
            default -> SweepMeta.Limits.NONE;
        };
    }

    /** Mostly one of the newest claims, now and then a zombie's. */
    private static Known pick(ModelWorld world, Op op) {
        int size = world.known.size();
        return world.known.get(op.who % 4 == 0 ? op.much % size : size - 1 - op.who % Math.min(6, size));
    }

    private static void claim(ModelWorld world, Op op, int n) {
        int most = new int[] {1, 5, 30, 200, 300, 600}[op.how % 6];
        boolean alone = op.who % 2 == 0;
        ClaimRequest ask = new ClaimRequest(
                "r" + n,
                "w" + op.who % 4,
                most,
                op.much % 3 == 0 ? Math.min(most, 128) : 1,
                op.much % 4 > 0 ? TestSweep.SHORT : TestSweep.LONG,
                1 + op.much % 3,
                op.much % 5 < 2,
                alone);
        world.call(ask.toString(), op.twice, () -> world.claim(ask));
    }

    private static void onClaim(ModelWorld world, Op op, int n, Known known) {
        Claim claim = known.claim();
        String request = claim.request();
        List<Long> wanted = TestSweep.indices(claim);
        String worker = op.how % 8 == 0 ? "stranger" : known.worker();
        switch (op.kind) {
            case COMMIT -> {
                Outcomes batch = results(claim, op, "by" + n);
                world.call(
                        "commit " + request + " " + op + " of " + wanted,
                        op.twice,
                        () -> world.commit(batch, "by" + n, known.worker()));
            }
            case FAIL -> {
                Outcomes batch = faults(claim, op, n);
                world.call(
                        "fail "
                                + batch.faults.stream()
                                        .map(Outcomes.Fault::index)
                                        .toList() + " of " + request + " " + op,
                        op.twice,
                        () -> world.commit(batch, "", known.worker()));
            }
            case END -> {
                Outcomes batch = new Outcomes();
                batch.end(request);
                world.call("end " + request, op.twice, () -> world.commit(batch, "", known.worker()));
            }
            case RELEASE -> world.call("release " + request, op.twice, () -> world.release(worker, List.of(request)));
            case RENEW -> {
                Duration lease = op.how % 2 == 0 ? TestSweep.SHORT : TestSweep.LONG;
                world.call("renew " + request, op.twice, () -> world.renew(worker, lease, List.of(request, "none")));
            }
            case CHECKPOINT -> {
                if (!wanted.isEmpty()) {
                    long index = wanted.get(op.much % wanted.size());
                    world.call("checkpoint " + index, op.twice, () -> world.checkpoint(claim, index));
                }
            }
            default -> {
                world.trace.add("vanish " + request);
                world.vanish(request);
            }
        }
    }

    /** Results of a claim: all or some, blocks sealed or not, in any order, some twice, perhaps with its end. */
    private static Outcomes results(Claim claim, Op op, String by) {
        Outcomes batch = new Outcomes();
        List<Long> singles = new ArrayList<>();
        for (int k = 0; k < claim.span(); k++) {
            if (op.how % 2 == 0 && claim.wholeBlock(k)) {
                batch.add(TestSweep.block(claim.index(k) / StoredBlock.SIZE, by));
                k += StoredBlock.SIZE - 1;
            } else if (claim.wanted(k)) {
                singles.add(claim.index(k));
            }
        }
        if (op.how % 3 == 0) {
            Collections.reverse(singles);
            singles.addAll(singles.subList(0, singles.size() / 3));
        }
        if (op.how % 5 < 3) {
            singles = singles.subList(0, singles.size() * (op.much % 10) / 10);
        }
        singles.forEach(i -> batch.add(TestSweep.single(i, by)));
        if (op.how % 7 < 4) {
            batch.end(claim.request());
        }
        return batch;
    }

    private static Outcomes faults(Claim claim, Op op, int n) {
        Outcomes batch = new Outcomes();
        List<Long> wanted = TestSweep.indices(claim);
        for (int k = 0; k < Math.min(1 + op.how % 4, wanted.size()); k++) {
            long index = wanted.get((op.much + k * 7) % wanted.size());
            String key = "c" + n + "/" + index + "/" + k;
            batch.add(new Outcomes.Fault(
                    index, claim.epoch(), claim.request(), op.much % 5 == 0, 0, 0, key, TestSweep.json(key)));
        }
        if (op.how % 5 == 0) {
            batch.end(claim.request());
        }
        return batch;
    }
}

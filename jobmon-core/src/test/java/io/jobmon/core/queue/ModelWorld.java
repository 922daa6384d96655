package io.jobmon.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import io.jobmon.core.queue.SweepModel.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A real sweep beside its model: every call goes to both, and then they are compared. */
final class ModelWorld {

    final TestSweep sweep;
    final SweepModel model;
    final List<String> trace = new ArrayList<>();

    /** All claims there ever were, with the worker: zombies included. */
    final List<Known> known = new ArrayList<>();

    /** All calls there ever were, to be made again late. */
    final List<Runnable> calls = new ArrayList<>();

    record Known(Claim claim, String worker) {}

    ModelWorld(Queue queue, int size, int attempts, boolean adopting) {
        sweep = TestSweep.post(queue, size, attempts, adopting);
        model = new SweepModel(size, attempts, adopting);
    }

    /** Makes a call, once or twice, and keeps it. */
    void call(String what, boolean twice, Runnable call) {
        calls.add(() -> {
            trace.add("late " + what);
            call.run();
        });
        trace.add(what);
        call.run();
        if (twice) {
            trace.add("twice " + what);
            call.run();
        }
    }

    void claim(ClaimRequest ask) {
        ClaimAnswer answer = sweep.ask(ask);
        TreeSet<Long> suspects = longs(sweep.zset("susp"));
        model.claimed(ask, answer, sweep.hash("claims").getOrDefault(ask.request(), ""), suspects);
        if (answer instanceof ClaimAnswer.Work work) {
            known.add(new Known(work.claim(), ask.worker()));
        }
    }

    void commit(Outcomes batch, String by, String worker) {
        CommitAnswer answer = sweep.queue.commit(sweep.id, batch, worker, 0);
        if (!batch.isEmpty()) {
            model.committed(batch, by, answer);
        }
    }

    void release(String worker, List<String> requests) {
        model.released(worker, requests, sweep.queue.claims().release(sweep.id, worker, requests));
    }

    void renew(String worker, Duration lease, List<String> requests) {
        model.renewed(
                worker,
                lease.equals(TestSweep.SHORT),
                requests,
                sweep.queue.claims().renew(sweep.id, worker, lease, requests));
    }

    void reap(Claims.Reap how, Duration lease) {
        sweep.expire();
        ReapAnswer answer = sweep.queue.claims().reap(sweep.id, lease, how, "lost", TestSweep.LOST);
        model.reaped(
                how,
                lease.equals(TestSweep.SHORT),
                answer,
                new TreeSet<>(sweep.hash("claims").keySet()));
    }

    void revive() {
        if (model.state.equals("cancelled") || model.state.equals("adopting")) {
            assertThatThrownBy(() -> sweep.queue.sweeps().revive(sweep.id)).isInstanceOf(JobMonException.class);
        } else {
            model.revived(sweep.queue.sweeps().revive(sweep.id));
        }
    }

    /** Takes results of other sweeps over, which no claim asked for. */
    void adopt(String donor, List<Long> indices) {
        Map<String, Integer> number = sweep.queue.sweeps().adopted(sweep.id, donor, List.of("of " + donor));
        assertThat(sweep.hash("workers").get("of " + donor)).isEqualTo(Integer.toString(number.get("of " + donor)));
        Outcomes batch = new Outcomes();
        indices.forEach(i -> batch.add(TestSweep.single(i, donor)));
        commit(batch, donor, "");
    }

    void open() {
        model.opened(sweep.queue.sweeps().open(sweep.id));
    }

    void cancel() {
        model.cancelled(sweep.queue.sweeps().cancel(sweep.id));
    }

    void post(SweepMeta.Limits limits) {
        model.posted(limits, sweep.again(model.attempts, limits));
    }

    void audit(boolean deep) {
        model.audited(sweep.queue.claims().audit(sweep.id, deep));
    }

    void checkpoint(Claim claim, long index) {
        SweepModel.Held held = model.claims.get(claim.request());
        boolean holds = held != null && held.epoch == claim.epoch() && model.places[(int) index] != Place.DONE;
        assertThat(sweep.queue.claims().checkpoint(sweep.id, claim, index, new byte[] {1}))
                .isEqualTo(holds);
    }

    void vanish(String request) {
        sweep.vanish(request);
        model.vanished(request);
    }

    /** Compares all that lies in Redis with the model. */
    void compare() {
        SweepStatus status = sweep.status();
        long cursor = sweep.figure("cursor");
        assertThat(sweep.bits()).isEqualTo(model.outcomes.keySet());
        assertThat(sweep.outcomes()).isEqualTo(model.outcomes);
        assertThat(status.state()).isEqualTo(model.state);
        assertThat(status.dead()).isEqualTo(model.dead());
        assertThat(status.done()).isEqualTo(model.outcomes.size() - model.dead());
        TreeSet<String> keys = sweep.keys();
        assertThat(keys).noneMatch(key -> key.startsWith("b:") && keys.contains("o:" + key.substring(2)));
        assertThat(longs(sweep.zset("wait"))).isEqualTo(model.in(Place.WAIT));
        assertThat(longs(sweep.zset("susp"))).isEqualTo(model.in(Place.SUSPECT));
        assertThat(gaps()).isEqualTo(model.in(Place.GAP));
        assertThat(model.in(Place.FRESH)).allMatch(i -> i >= cursor);
        for (long i = cursor; i < model.size; i++) {
            assertThat(model.places[(int) i]).isIn(Place.FRESH, Place.DONE);
        }
        claims();
        attempts();
        assertThat(longs(new ArrayList<>(sweep.hash("ckpt").keySet()))).noneMatch(model.outcomes::containsKey);
    }

    private static TreeSet<Long> longs(List<String> texts) {
        TreeSet<Long> longs = new TreeSet<>();
        texts.forEach(text -> longs.add(Long.parseLong(text)));
        return longs;
    }

    private TreeSet<Long> gaps() {
        TreeSet<Long> gaps = new TreeSet<>();
        for (String gap : sweep.list("gaps")) {
            String[] ends = gap.split("-");
            for (long i = Long.parseLong(ends[0]); i < Long.parseLong(ends[1]); i++) {
                if (model.places[(int) i] != Place.DONE) {
                    assertThat(gaps.add(i)).as("%d is in two gaps", i).isTrue();
                }
            }
        }
        return gaps;
    }

    private void claims() {
        Map<String, String> wanted = new TreeMap<>();
        model.claims.forEach((request, held) ->
                wanted.put(request, held.epoch + "|" + held.worker + "|" + held.kind + "|" + held.data));
        Map<String, String> found = new HashMap<>();
        sweep.hash("claims").forEach((request, claim) -> {
            String[] parts = claim.split("\\|");
            found.put(request, parts[0] + "|" + parts[1] + "|" + parts[2] + "|" + parts[4]);
        });
        assertThat(found).isEqualTo(wanted);
        assertThat(sweep.zset("leases")).containsExactlyInAnyOrderElementsOf(wanted.keySet());
    }

    private void attempts() {
        Map<String, String> found = sweep.hash("att");
        assertThat(longs(new ArrayList<>(found.keySet()))).noneMatch(model.outcomes::containsKey);
        assertThat(found.keySet()).containsAll(sweep.zset("wait")).containsAll(sweep.zset("susp"));
        for (int i = 0; i < model.size; i++) {
            String[] parts = found.getOrDefault(Integer.toString(i), "0|0|0|").split("\\|", -1);
            assertThat(parts[0] + "|" + parts[2])
                    .as("failures|losses of %d", i)
                    .isEqualTo(model.failures[i] + "|" + model.losses[i]);
        }
    }

    /** Claims much and finishes all of it, some times. */
    void rush(String name, int times) {
        trace.add("rush " + times);
        for (int n = 0; n < times; n++) {
            ClaimRequest ask = new ClaimRequest(name + "/" + n, "rush", 600, 128, TestSweep.LONG, 1, false, true);
            finish(ask);
        }
    }

    private void finish(ClaimRequest ask) {
        int before = known.size();
        claim(ask);
        if (known.size() > before) {
            Claim claim = known.get(before).claim();
            Outcomes batch = new Outcomes();
            TestSweep.indices(claim).forEach(i -> batch.add(TestSweep.single(i, "rush")));
            batch.end(ask.request());
            commit(batch, "rush", ask.worker());
        }
    }

    /** Runs all that is left, then asks whether each index has its one outcome, and cleans. */
    void drain() {
        open();
        // Results too may pause it, once there are a hundred outcomes.
        post(SweepMeta.Limits.NONE);
        reap(Claims.Reap.ALL_ORDERLY, TestSweep.LONG);
        for (int n = 0; !model.state.equals("complete"); n++) {
            assertThat(n).as("calls until complete").isLessThan(3 * model.size + 100);
            int before = known.size();
            finish(new ClaimRequest("d" + n, "drain", 200, 1, TestSweep.LONG, 1, false, true));
            if (known.size() == before && !model.in(Place.HOLE).isEmpty()) {
                audit(false);
            }
        }
        while (!model.claims.isEmpty()) {
            reap(Claims.Reap.ALL_ORDERLY, TestSweep.LONG);
        }
        compare();
        assertThat(model.outcomes).hasSize(model.size);
        assertThat(sweep.queue.claims().audit(sweep.id, true)).isZero();
        compare();
        assertThat(sweep.queue.sweeps().clean(sweep.id, false)).isTrue();
        assertThat(sweep.keys()).isEmpty();
    }
}

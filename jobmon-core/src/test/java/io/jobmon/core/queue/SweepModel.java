package io.jobmon.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a sweep must be after each call, told in the plainest way: each index is in one place. */
final class SweepModel {

    enum Place {
        FRESH,
        GAP,
        WAIT,
        SUSPECT,
        HELD,
        HOLE,
        DONE
    }

    /** A live claim. */
    static final class Held {
        final String worker;
        final char kind;
        final long epoch;
        final String data;
        boolean expired;

        Held(String worker, char kind, long epoch, String data, boolean expired) {
            this.worker = worker;
            this.kind = kind;
            this.epoch = epoch;
            this.data = data;
            this.expired = expired;
        }
    }

    final int size;
    final int attempts;
    final Place[] places;
    final String[] holders;
    final int[] failures;
    final int[] losses;
    final String[] failedOn;
    final Map<Long, String> outcomes = new TreeMap<>();
    final Map<String, Held> claims = new TreeMap<>();
    final Map<String, List<Integer>> lost = new HashMap<>();
    String state;
    SweepMeta.Limits limits = SweepMeta.Limits.NONE;
    long epoch;
    boolean reaped;
    boolean armed;

    SweepModel(int size, int attempts, boolean adopting) {
        this.size = size;
        this.attempts = attempts;
        this.state = adopting ? "adopting" : "open";
        places = new Place[size];
        Arrays.fill(places, Place.FRESH);
        holders = new String[size];
        failures = new int[size];
        losses = new int[size];
        failedOn = new String[size];
    }

    TreeSet<Long> in(Place place) {
        TreeSet<Long> found = new TreeSet<>();
        for (int i = 0; i < size; i++) {
            if (places[i] == place) {
                found.add((long) i);
            }
        }
        return found;
    }

    long dead() {
        return outcomes.values().stream()
                .filter(outcome -> outcome.startsWith("D:"))
                .count();
    }

    /** The indices that are still a claim's own. */
    List<Integer> own(String request) {
        List<Integer> own = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (places[i] == Place.HELD && request.equals(holders[i])) {
                own.add(i);
            }
        }
        return own;
    }

    private void put(int i, Place place) {
        places[i] = place;
        holders[i] = null;
    }

    private boolean all(Place place, TreeSet<Long> indices) {
        return indices.stream().allMatch(i -> places[i.intValue()] == place);
    }

    /** A claim was answered; Redis now holds that of it, and these suspects. */
    void claimed(ClaimRequest ask, ClaimAnswer answer, String stored, TreeSet<Long> suspects) {
        Held had = claims.get(ask.request());
        if (had == null && !state.equals("open")) {
            assertThat(answer).isEqualTo(new ClaimAnswer.Closed(state));
            return;
        }
        boolean retries =
                in(Place.WAIT).stream().anyMatch(i -> losses[i.intValue()] < 2 && !leftToOthers(ask, i.intValue()));
        boolean perhaps = false;
        for (long i : in(Place.WAIT)) {
            if (losses[(int) i] >= 2) {
                perhaps = true;
                boolean claimed = answer instanceof ClaimAnswer.Work work
                        && work.claim().suspect()
                        && work.claim().index(0) == i;
                if (had == null && (claimed || suspects.contains(i))) {
                    put((int) i, Place.SUSPECT);
                }
            }
        }
        if (answer instanceof ClaimAnswer.Nothing nothing) {
            assertThat(had).isNull();
            assertThat(in(Place.FRESH)).isEmpty();
            assertThat(in(Place.GAP).isEmpty() || nothing.delayMillis() == 0).isTrue();
            assertThat(nothing.delayMillis() > 0 && in(Place.WAIT).isEmpty()).isFalse();
            assertThat(nothing.delayMillis()).isLessThanOrEqualTo(2 * TestSweep.LONG.toMillis());
            assertThat(retries && !perhaps).isFalse();
            assertThat(ask.alone() && !in(Place.SUSPECT).isEmpty()).isFalse();
            return;
        }
        Claim claim = TestSweep.work(answer);
        TreeSet<Long> wanted = new TreeSet<>(TestSweep.indices(claim));
        if (had != null) {
            assertThat(claim.epoch()).isEqualTo(had.epoch);
            assertThat(stored).contains("|" + had.data);
            return;
        }
        String[] parts = stored.split("\\|");
        char kind = parts[2].charAt(0);
        assertThat(claim.epoch()).isEqualTo(++epoch);
        assertThat(wanted).isNotEmpty();
        if (kind == 'S') {
            assertThat(ask.alone() && claim.suspect() && claim.span() == 1 && all(Place.SUSPECT, wanted))
                    .isTrue();
        } else if (kind == 'L') {
            assertThat(all(Place.WAIT, wanted)).isTrue();
            assertThat(wanted)
                    .allMatch(i -> losses[i.intValue()] < 2 && !keptFrom(ask, i.intValue()))
                    .hasSize(claim.span());
        } else {
            assertThat(all(Place.GAP, wanted) || all(Place.FRESH, wanted)).isTrue();
            assertThat(retries && !perhaps).isFalse();
            for (int k = 0; k < claim.span(); k++) {
                int i = (int) claim.index(k);
                assertThat(claim.wanted(k)).isEqualTo(places[i] != Place.DONE);
            }
        }
        assertThat(claim.span()).isLessThanOrEqualTo(Math.max(ask.most(), ask.least()));
        for (long i : wanted) {
            assertThat(claim.failures(i)).isEqualTo(failures[(int) i]);
            put((int) i, Place.HELD);
            holders[(int) i] = ask.request();
        }
        claims.put(
                ask.request(),
                new Held(
                        ask.worker(), kind, claim.epoch(), parts[4], ask.lease().equals(TestSweep.SHORT)));
    }

    /** Whether another worker should have this retry, for two hours or two milliseconds. */
    private boolean leftToOthers(ClaimRequest ask, int i) {
        return ask.others() && ask.worker().equals(failedOn[i]);
    }

    private boolean keptFrom(ClaimRequest ask, int i) {
        return leftToOthers(ask, i) && ask.lease().equals(TestSweep.LONG);
    }

    private boolean outcome(long index, String outcome) {
        int i = (int) index;
        if (places[i] == Place.DONE) {
            return false;
        }
        put(i, Place.DONE);
        failures[i] = 0;
        losses[i] = 0;
        failedOn[i] = null;
        outcomes.put(index, outcome);
        return true;
    }

    private void settle(long news) {
        if (outcomes.size() == size) {
            // Until all is taken over, only the poster ends that.
            state = state.equals("adopting") ? state : "complete";
        } else if (state.equals("open") && news > 0 && exceeded()) {
            state = "paused";
        }
    }

    private boolean exceeded() {
        long dead = dead();
        return limits.failures() > 0 && dead >= limits.failures()
                || limits.failureShare() > 0
                        && dead > 0
                        && outcomes.size() >= 100
                        && dead >= limits.failureShare() * outcomes.size();
    }

    private void end(List<String> requests) {
        for (String request : requests) {
            Held held = claims.remove(request);
            if (held != null) {
                own(request).forEach(i -> back(held.kind, i));
            }
        }
    }

    private void back(char kind, int i) {
        put(i, kind == 'R' ? Place.GAP : kind == 'S' ? Place.SUSPECT : Place.WAIT);
    }

    void committed(Outcomes batch, String by, CommitAnswer answer) {
        long stored = 0;
        long dropped = 0;
        List<Long> again = new ArrayList<>();
        for (Outcomes.Block block : batch.blocks) {
            int first = (int) block.block() * StoredBlock.SIZE;
            int done = 0;
            for (int i = first; i < first + StoredBlock.SIZE; i++) {
                done += places[i] == Place.DONE ? 1 : 0;
            }
            if (done == 0) {
                for (int i = first; i < first + StoredBlock.SIZE; i++) {
                    outcome(i, "R:" + new String(TestSweep.value(i, by), StandardCharsets.UTF_8));
                }
                stored += StoredBlock.SIZE;
            } else if (done == StoredBlock.SIZE) {
                dropped += done;
            } else {
                again.add(block.block());
            }
        }
        for (Outcomes.Single single : batch.singles) {
            if (outcome(single.index(), "R:" + new String(single.value(), StandardCharsets.UTF_8))) {
                stored++;
            } else {
                dropped++;
            }
        }
        settle(stored);
        long dead = failed(batch.faults);
        settle(dead);
        if (again.isEmpty()) {
            end(batch.ended);
        }
        assertThat(answer).isEqualTo(new CommitAnswer(state, stored, dropped, dead, again, List.of()));
    }

    private long failed(List<Outcomes.Fault> faults) {
        long dead = 0;
        for (Outcomes.Fault fault : faults) {
            int i = (int) fault.index();
            Held held = claims.get(fault.request());
            if (held == null || held.epoch != fault.epoch() || !fault.request().equals(holders[i])) {
                continue;
            }
            failures[i]++;
            failedOn[i] = held.worker;
            if (fault.hopeless() || failures[i] >= attempts) {
                outcome(i, "D:" + fault.causeKey());
                dead++;
            } else {
                put(i, Place.WAIT);
            }
        }
        return dead;
    }

    void released(String worker, List<String> requests, long answer) {
        long given = 0;
        for (String request : requests) {
            Held held = claims.get(request);
            if (held != null && held.worker.equals(worker)) {
                given += own(request).size();
                end(List.of(request));
            }
        }
        assertThat(answer).isEqualTo(given);
    }

    void renewed(String worker, boolean shortly, List<String> requests, Claims.Renewed answer) {
        List<String> gone = new ArrayList<>();
        for (String request : requests) {
            Held held = claims.get(request);
            if (held != null && held.worker.equals(worker)) {
                held.expired = shortly;
                continue;
            }
            gone.add(request);
            for (int i : lost.getOrDefault(request, List.of())) {
                if (places[i] != Place.DONE && losses[i] > 0) {
                    losses[i]--;
                    if (losses[i] == 1 && places[i] == Place.SUSPECT) {
                        put(i, Place.GAP);
                    }
                }
            }
            lost.remove(request);
        }
        assertThat(answer).isEqualTo(new Claims.Renewed(state, gone));
    }

    /** A reap took some claims; left are those that Redis still holds. */
    void reaped(Claims.Reap how, boolean shortly, ReapAnswer answer, TreeSet<String> left) {
        boolean arms = how == Claims.Reap.EXPIRED && !armed && (!reaped || shortly);
        reaped = true;
        if (arms) {
            armed = true;
            claims.values().forEach(held -> held.expired &= shortly);
            assertThat(answer).isEqualTo(new ReapAnswer(0, 0, 0, 0, "armed", List.of()));
            return;
        }
        armed = false;
        TreeSet<String> taken = new TreeSet<>(claims.keySet());
        taken.removeAll(left);
        long expired = claims.values().stream()
                .filter(held -> held.expired || how != Claims.Reap.EXPIRED)
                .count();
        assertThat(taken).hasSize((int) Math.min(10, expired));
        long[] counts = new long[3];
        for (String request : taken) {
            Held held = claims.remove(request);
            assertThat(held.expired || how != Claims.Reap.EXPIRED).isTrue();
            List<Integer> own = own(request);
            for (int i : own) {
                counts[how == Claims.Reap.ALL_ORDERLY ? orderly(held, i) : loss(held, i)]++;
            }
            if (how != Claims.Reap.ALL_ORDERLY && !own.isEmpty()) {
                lost.put(request, own);
            }
        }
        settle(counts[2]);
        assertThat(List.of(answer.taken(), answer.given(), answer.dead()))
                .isEqualTo(List.of((long) taken.size(), counts[0], counts[2]));
        if (how != Claims.Reap.ALL_ORDERLY) {
            assertThat(answer.suspects()).isEqualTo(counts[1]);
        }
    }

    private int orderly(Held held, int i) {
        put(i, held.kind == 'S' ? Place.SUSPECT : Place.GAP);
        return held.kind == 'S' ? 1 : 0;
    }

    private int loss(Held held, int i) {
        losses[i]++;
        if (losses[i] >= Claims.LOSS_LIMIT && held.kind == 'S') {
            outcome(i, "D:lost");
            return 2;
        }
        put(i, losses[i] >= 2 ? Place.SUSPECT : Place.GAP);
        return losses[i] >= 2 ? 1 : 0;
    }

    void revived(long answer) {
        long letters = 0;
        for (int i = 0; i < size; i++) {
            if (places[i] == Place.DONE && outcomes.getOrDefault((long) i, "").startsWith("D:")) {
                put(i, Place.WAIT);
                outcomes.remove((long) i);
                letters++;
            }
        }
        assertThat(answer).isEqualTo(letters);
        if (letters > 0 && state.equals("complete") || state.equals("paused")) {
            state = "open";
        }
    }

    void cancelled(String answer) {
        state = List.of("open", "paused", "adopting").contains(state) ? "cancelled" : state;
        assertThat(answer).isEqualTo(state);
    }

    void posted(SweepMeta.Limits now, Sweeps.Posted answer) {
        boolean others = !now.equals(limits);
        limits = now;
        if (!state.equals("adopting")) {
            if (outcomes.size() == size) {
                state = "complete";
            } else if (exceeded()) {
                state = "paused";
            } else if (state.equals("cancelled") || others) {
                state = "open";
            }
        }
        assertThat(answer)
                .usingRecursiveComparison()
                .ignoringFields("first", "now", "incarnation")
                .isEqualTo(new Sweeps.Posted(state, false, outcomes.size() - dead(), dead(), 0, 0, ""));
    }

    void opened(String answer) {
        if (state.equals("adopting")) {
            state = outcomes.size() == size ? "complete" : "open";
        }
        assertThat(answer).isEqualTo(state);
    }

    /** A claim vanished: what Redis would never do, to give an audit something to find. */
    void vanished(String request) {
        own(request).forEach(i -> put(i, Place.HOLE));
        claims.remove(request);
    }

    void audited(long answer) {
        if (answer > 0) {
            assertThat(in(Place.HOLE)).hasSize((int) answer);
            assertThat(claims).isEmpty();
            in(Place.HOLE).forEach(i -> put(i.intValue(), Place.GAP));
        }
    }
}

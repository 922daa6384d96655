package io.jobmon.core.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Brings outcomes to Redis: results first, then failures; a batch that is refused for one entry is brought entry by entry. */
final class Committing {

    private static final int CAUSE_LIMIT = 16 * 1024;
    private static final int OUTPUT_LIMIT = 256 * 1024;
    private static final byte[] TOO_LARGE =
            Reply.utf8("{\"type\":\"?\",\"message\":\"The cause is too large to be stored.\",\"stack\":\"\"}");

    private final Scripts scripts;
    private final String sweep;

    private String state = "open";
    private long stored;
    private long dropped;
    private long dead;
    private final List<Long> again = new ArrayList<>();
    private final List<CommitAnswer.Refused> refused = new ArrayList<>();

    Committing(Scripts scripts, String sweep) {
        this.scripts = scripts;
        this.sweep = sweep;
    }

    CommitAnswer commit(Outcomes outcomes, String worker, int workerNumber) {
        boolean failing = !outcomes.faults.isEmpty();
        List<String> ended = failing ? List.of() : outcomes.ended;
        if (!outcomes.singles.isEmpty() || !outcomes.blocks.isEmpty() || !ended.isEmpty()) {
            results(entries(outcomes), ended);
        }
        if (failing && !state.equals("gone")) {
            failures(outcomes, worker, workerNumber);
        }
        return new CommitAnswer(state, stored, dropped, dead, again, refused);
    }

    private record Entry(byte[] tag, long at, byte[] value) {}

    private static final byte[] BLOCK = {'B'};
    private static final byte[] RESULT = {'R'};
    private static final byte[] GROUND = {'G'};

    private static List<Entry> entries(Outcomes outcomes) {
        List<Entry> entries = new ArrayList<>(outcomes.blocks.size() + outcomes.singles.size());
        for (Outcomes.Block block : outcomes.blocks) {
            entries.add(new Entry(BLOCK, block.block(), block.sealed()));
        }
        for (Outcomes.Single one : outcomes.singles) {
            entries.add(new Entry(
                    RESULT,
                    one.index(),
                    OpenRecord.write(one.start(), one.wall(), one.attempt(), one.worker(), one.value())));
            if (one.ground().length > 0) {
                entries.add(new Entry(GROUND, one.index(), Packed.pack(one.ground())));
            }
        }
        return entries;
    }

    private void results(List<Entry> entries, List<String> ended) {
        Reply reply = send(entries, ended);
        if (!reply.is("bad")) {
            took(reply);
            return;
        }
        for (int k = 0; k < entries.size(); k++) {
            Entry entry = entries.get(k);
            boolean withGround = k + 1 < entries.size() && entries.get(k + 1).tag == GROUND;
            Reply one = send(withGround ? entries.subList(k, k + 2) : List.of(entry), List.of());
            if (one.is("bad")) {
                refused.add(new CommitAnswer.Refused(
                        entry.tag == BLOCK ? entry.at * StoredBlock.SIZE : entry.at, one.text(1)));
            } else {
                took(one);
            }
            if (withGround) {
                k++;
            }
        }
        if (!ended.isEmpty() && refused.isEmpty()) {
            took(send(List.of(), ended));
        }
    }

    private Reply send(List<Entry> entries, List<String> ended) {
        byte[][] arguments = new byte[2 + ended.size() + 3 * entries.size()][];
        int at = 0;
        arguments[at++] = scripts.channel();
        arguments[at++] = Reply.utf8(ended.size());
        for (String request : ended) {
            arguments[at++] = Reply.utf8(request);
        }
        for (Entry entry : entries) {
            arguments[at++] = entry.tag;
            arguments[at++] = Reply.utf8(entry.at);
            arguments[at++] = entry.value;
        }
        return scripts.run(Script.COMMIT, sweep, arguments);
    }

    private void took(Reply reply) {
        if (!reply.is("ok")) {
            state = reply.text(0);
            return;
        }
        stored += reply.number(1);
        dropped += reply.number(2);
        state = reply.text(3);
        reply.from(4).forEach(block -> again.add(Long.parseLong(block)));
    }

    private static byte[] packed(byte @Nullable [] output) {
        byte[] packed = output == null ? new byte[0] : Packed.pack(output);
        return packed.length > OUTPUT_LIMIT ? new byte[0] : packed;
    }

    private void failures(Outcomes outcomes, String worker, int workerNumber) {
        List<String> ended = again.isEmpty() && refused.isEmpty() ? outcomes.ended : List.of();
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(scripts.channel());
        arguments.add(Reply.utf8(worker));
        arguments.add(Reply.utf8(workerNumber));
        arguments.add(Reply.utf8(ended.size()));
        ended.forEach(request -> arguments.add(Reply.utf8(request)));
        for (Outcomes.Fault fault : outcomes.faults) {
            arguments.add(Reply.utf8(fault.index()));
            arguments.add(Reply.utf8(fault.epoch()));
            arguments.add(Reply.utf8(fault.request()));
            arguments.add(Reply.utf8(fault.hopeless() ? 1 : 0));
            arguments.add(Reply.utf8(Double.toString(ThreadLocalRandom.current().nextDouble())));
            arguments.add(Reply.utf8(fault.start()));
            arguments.add(Reply.utf8(fault.wall()));
            arguments.add(Reply.utf8(fault.causeKey()));
            arguments.add(fault.cause().length > CAUSE_LIMIT ? TOO_LARGE : fault.cause());
            arguments.add(packed(fault.output()));
        }
        Reply reply = scripts.run(Script.FAIL, sweep, arguments.toArray(byte[][]::new));
        if (reply.is("ok")) {
            dead += reply.number(1);
            state = reply.text(4);
        } else {
            state = reply.text(0);
        }
    }
}

package io.jobmon.core.queue;

import io.lettuce.core.KeyValue;
import io.lettuce.core.ScoredValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who runs which experiments: claims and their leases, what is taken from silent workers, what is in nobody's hands, and
 * checkpoints, which only the holder of a claim may write.
 *
 * <p>Thread safety: any number of threads.
 */
public final class Claims {

    /** Losses that make an index a dead letter, the last of them alone. */
    public static final int LOSS_LIMIT = 3;

    /** Claims that one call of a script looks at. */
    private static final int STEP = 10;

    private final Scripts scripts;

    Claims(Scripts scripts) {
        this.scripts = scripts;
    }

    /**
     * Asks for work.
     *
     * @param sweep the sweep
     * @param ask what is wanted
     * @return work, or why there is none
     */
    public ClaimAnswer claim(String sweep, ClaimRequest ask) {
        Reply reply = scripts.run(
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
            case "ok" ->
                new ClaimAnswer.Work(Claim.of(ask.request(), reply), reply.number(7), reply.number(8), reply.number(9));
            case "none" -> new ClaimAnswer.Nothing(reply.number(1), reply.number(2), reply.number(4) == 1);
            default -> new ClaimAnswer.Closed(reply.text(0));
        };
    }

    /**
     * Who holds a claim of a sweep.
     *
     * @param worker the worker
     * @param experiments how many
     * @param leaseMillis how long its lease lasts from now on; negative if it has expired
     */
    public record Holder(String worker, long experiments, long leaseMillis) {}

    /**
     * Who holds claims of a sweep, those first whose leases end first.
     *
     * @param sweep the sweep
     * @param most the most claims to look at
     * @return the holders, one for each claim
     */
    public List<Holder> holders(String sweep, int most) {
        String keys = scripts.keys().sweep(sweep);
        return scripts.link().ask(commands -> {
            long now = Reply.millis(RedisLink.got(commands.time()));
            List<ScoredValue<byte[]>> leases = RedisLink.got(commands.zrangeWithScores(keys + "leases", 0, most - 1L));
            if (leases.isEmpty()) {
                return List.<Holder>of();
            }
            String[] requests =
                    leases.stream().map(lease -> Reply.text(lease.getValue())).toArray(String[]::new);
            List<KeyValue<String, byte[]>> claims = RedisLink.got(commands.hmget(keys + "claims", requests));
            List<Holder> holders = new ArrayList<>();
            for (int k = 0; k < requests.length; k++) {
                String[] parts =
                        Reply.text(claims.get(k).getValueOrElse(new byte[0])).split("\\|", 5);
                if (parts.length == 5) {
                    holders.add(new Holder(
                            parts[1],
                            Long.parseLong(parts[3]),
                            (long) leases.get(k).getScore() - now));
                }
            }
            return holders;
        });
    }

    /**
     * When the next retry of a sweep is due.
     *
     * @param sweep the sweep
     * @return ms from now, 0 if it is due; empty if none waits
     */
    public OptionalLong untilRetry(String sweep) {
        String wait = scripts.keys().sweep(sweep) + "wait";
        return scripts.link().ask(commands -> {
            long now = Reply.millis(RedisLink.got(commands.time()));
            return RedisLink.got(commands.zrangeWithScores(wait, 0, 0)).stream()
                    .mapToLong(retry -> Math.max(0, (long) retry.getScore() - now))
                    .findFirst();
        });
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
            Reply reply = scripts.run(Script.RELEASE, sweep, Scripts.list(List.of(Reply.utf8(worker)), step));
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
            Reply reply = scripts.run(
                    Script.RENEW, sweep, Scripts.list(List.of(Reply.utf8(worker), Reply.utf8(lease.toMillis())), step));
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
        Reply reply = scripts.run(
                Script.REAP,
                sweep,
                scripts.channel(),
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
            Reply reply = scripts.run(
                    Script.AUDIT,
                    sweep,
                    scripts.channel(),
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
     * Stores an experiment's state.
     *
     * @param sweep the sweep
     * @param claim the claim it runs under
     * @param index the experiment
     * @param state JSON, at most 1 MiB
     * @return false if the claim is lost
     */
    public boolean checkpoint(String sweep, Claim claim, long index, byte[] state) {
        return scripts.run(
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
        byte[] state = scripts.link()
                .ask(commands ->
                        RedisLink.got(commands.hget(scripts.keys().sweep(sweep) + "ckpt", Long.toString(index))));
        return Optional.ofNullable(state);
    }
}

package io.jobmon.core.queue;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ZAddArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which sweeps each job has, and hints which of them are open. All of it is written again by every post; a sweep's own keys
 * are the truth.
 *
 * <p>Thread safety: any number of threads.
 */
public final class JobIndex {

    private final Scripts scripts;
    private final RedisLink link;
    private final Keys keys;
    private final JobNotes notes;

    JobIndex(Scripts scripts, JobNotes notes) {
        this.scripts = scripts;
        this.link = scripts.link();
        this.keys = scripts.keys();
        this.notes = notes;
    }

    /**
     * Writes what people want to know of a job, and that a sweep is one of its.
     *
     * @param entry the job
     * @param meta the sweep that is posted
     * @param now when, ms, Redis' time
     * @param open whether to list it as open, too, as {@link #open} does
     */
    public void write(JobNotes.Entry entry, SweepMeta meta, long now, boolean open) {
        link.ask(commands -> {
            List<RedisFuture<?>> sent = new ArrayList<>(notes.write(commands, entry, now));
            sent.add(commands.hset(
                    keys.spaces(), meta.id(), Reply.utf8(meta.identity().specification())));
            sent.add(commands.zadd(keys.sweeps(entry.hash()), (double) now, Reply.utf8(meta.id())));
            if (open) {
                sent.addAll(open(commands, meta));
            }
            return RedisLink.gotAll(sent);
        });
    }

    /**
     * Lists a sweep as open and wakes workers. Call it after the sweep's own state is open.
     *
     * @param meta the sweep
     */
    public void open(SweepMeta meta) {
        link.ask(commands -> RedisLink.gotAll(open(commands, meta)));
    }

    private List<RedisFuture<?>> open(RedisAsyncCommands<String, byte[]> commands, SweepMeta meta) {
        return List.of(
                commands.zadd(keys.open(meta.identity().base()), meta.policy().priority(), Reply.utf8(meta.id())),
                commands.publish(keys.wake(), Reply.utf8(meta.identity().base() + "|" + meta.size())));
    }

    /**
     * Lists a sweep as open if it is not, without waking anyone.
     *
     * @param meta the sweep
     */
    public void list(SweepMeta meta) {
        link.ask(commands -> RedisLink.got(commands.zadd(
                keys.open(meta.identity().base()),
                ZAddArgs.Builder.nx(),
                (double) meta.policy().priority(),
                Reply.utf8(meta.id()))));
    }

    /**
     * Finds open sweeps that are not listed: the lists are hints, which a failover may lose.
     *
     * @return a search, on this lane
     */
    public Relisting relisting() {
        return new Relisting(link, keys, System::nanoTime);
    }

    /**
     * Takes a sweep off the list of open ones, and puts it back if it is open after all.
     *
     * @param base the hash of the job's code
     * @param sweep the sweep
     */
    public void close(String base, String sweep) {
        link.ask(commands -> {
            RedisLink.got(commands.zrem(keys.open(base), Reply.utf8(sweep)));
            List<KeyValue<String, byte[]>> meta = RedisLink.got(commands.hmget(keys.meta(sweep), "state", "priority"));
            if (meta.get(0).hasValue() && stays(Reply.text(meta.get(0).getValue()))) {
                double priority = Double.parseDouble(Reply.text(meta.get(1).getValueOrElse(Reply.utf8(0))));
                RedisLink.got(commands.zadd(keys.open(base), priority, Reply.utf8(sweep)));
            }
            return true;
        });
    }

    static boolean stays(String state) {
        return state.equals("open") || state.equals("paused") || state.equals("adopting");
    }

    /**
     * A sweep that is listed as open.
     *
     * @param id the sweep
     * @param priority its priority
     */
    public record Open(String id, double priority) {}

    /**
     * The open sweeps of a job's code, highest priority first, at most 1,000.
     *
     * @param base the hash of the job's code
     * @return the sweeps
     */
    public List<Open> openSweeps(String base) {
        List<Open> open = new ArrayList<>();
        for (ScoredValue<byte[]> sweep :
                link.ask(commands -> RedisLink.got(commands.zrevrangeWithScores(keys.open(base), 0, 999)))) {
            open.add(new Open(Reply.text(sweep.getValue()), sweep.getScore()));
        }
        return open;
    }

    /**
     * The sweeps of a job, the newest post first.
     *
     * @param hash the job
     * @param most the most
     * @return their ids
     */
    public List<String> sweeps(String hash, int most) {
        return link.ask(commands -> RedisLink.got(commands.zrevrange(keys.sweeps(hash), 0, most - 1L))).stream()
                .map(Reply::text)
                .toList();
    }

    /**
     * The sweeps of a job whose results may be taken over by another.
     *
     * @param taker the sweep that takes
     * @param most the most
     * @return those with the same job, seed and choice of random numbers that have results, the newest post first
     */
    public List<String> donors(SweepMeta taker, int most) {
        List<String> all = sweeps(taker.identity().job(), most + 1);
        String seed = Long.toString(taker.identity().seed());
        String common = taker.identity().commonRandomNumbers() ? "1" : "0";
        List<String> donors = new ArrayList<>();
        scripts.fields(all, "seed", "crn", "done").forEach((id, fields) -> {
            if (!id.equals(taker.id())
                    && fields.get(0).equals(seed)
                    && fields.get(1).equals(common)
                    && !fields.get(2).equals("0")
                    && donors.size() < most) {
                donors.add(id);
            }
        });
        return donors;
    }

    /**
     * Sweeps whose posters have not ended taking over results, where each sweep that they had any from still is there as it was.
     *
     * @param sweeps these are looked at
     * @return those of them
     */
    public List<String> leftovers(Collection<String> sweeps) {
        Map<String, List<String>> asked = scripts.fields(sweeps, "state", "from", "posted");
        asked.values()
                .removeIf(fields ->
                        !fields.get(0).equals("adopting") || fields.get(1).isEmpty());
        Set<String> donors = new HashSet<>();
        asked.values().forEach(fields -> donors.addAll(List.of(fields.get(1).split(","))));
        Map<String, List<String>> there = scripts.fields(donors, "state", "posted");
        List<String> leftovers = new ArrayList<>();
        asked.forEach((id, fields) -> {
            long posted = number(fields.get(2));
            // One that is gone has no time, and one that was cleaned and posted anew is another one.
            boolean all = Stream.of(fields.get(1).split(","))
                    .map(donor -> there.getOrDefault(donor, List.of("", "")))
                    .allMatch(donor ->
                            number(donor.get(1)) <= posted && !donor.get(0).equals("cleaning"));
            if (all) {
                leftovers.add(id);
            }
        });
        return leftovers;
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : Long.MAX_VALUE;
    }

    /**
     * All sweeps there are.
     *
     * @return their ids
     */
    public Set<String> allSweeps() {
        return new HashSet<>(link.ask(commands -> RedisLink.got(commands.hkeys(keys.spaces()))));
    }

    /**
     * Entries of the lists whose sweep is gone.
     *
     * @return the sweeps
     */
    public Set<String> ghosts() {
        Set<String> ghosts = new TreeSet<>();
        scripts.fields(allSweeps(), "state").forEach((id, fields) -> {
            if (fields.get(0).isEmpty()) {
                ghosts.add(id);
            }
        });
        return ghosts;
    }

    /**
     * Removes one sweep from the lists.
     *
     * @param hash its job
     * @param base the hash of its code
     * @param sweep the sweep
     */
    public void forget(String hash, String base, String sweep) {
        link.ask(commands -> RedisLink.gotAll(List.of(
                commands.hdel(keys.spaces(), sweep),
                commands.zrem(keys.open(base), Reply.utf8(sweep)),
                commands.zrem(keys.sweeps(hash), Reply.utf8(sweep)))));
    }

    /**
     * Removes a job from the lists, and its notes.
     *
     * @param hash the whole hash
     */
    public void forget(String hash) {
        link.ask(commands -> {
            List<RedisFuture<?>> sent = new ArrayList<>(notes.forget(commands, hash));
            sent.add(commands.del(keys.sweeps(hash)));
            return RedisLink.gotAll(sent);
        });
    }
}

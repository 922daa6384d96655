package io.jobmon.core.queue;

import io.jobmon.JobMonException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people want to know of jobs: name, source, description, when and from which commit they were posted. Nothing that
 * running needs; {@link JobIndex} writes and removes it together with a job's sweeps.
 *
 * <p>Thread safety: any number of threads.
 */
public final class JobNotes {

    private static final int SOURCE_LIMIT = 4 * 1024 * 1024;

    private final RedisLink link;
    private final Keys keys;

    JobNotes(RedisLink link, Keys keys) {
        this.link = link;
        this.keys = keys;
    }

    /**
     * What people want to know of a job.
     *
     * @param hash the job's hash
     * @param name its name
     * @param source its source text, or empty
     * @param description the description, empty to keep the one that is there
     * @param shape how its outcomes are laid out, or empty
     */
    public record Entry(String hash, String name, String source, Optional<String> description, String shape) {}

    List<RedisFuture<?>> write(RedisAsyncCommands<String, byte[]> commands, Entry entry, long now) {
        byte[] source = Packed.pack(entry.source().getBytes(StandardCharsets.UTF_8));
        List<RedisFuture<?>> sent = new ArrayList<>();
        sent.add(commands.hset(keys.sources(), entry.hash(), source));
        sent.add(commands.hset(keys.names(), entry.hash(), Reply.utf8(entry.name())));
        sent.add(commands.hset(keys.times(), entry.hash(), Reply.utf8(now)));
        if (!entry.shape().isEmpty()) {
            sent.add(commands.hset(keys.shapes(), entry.hash(), Reply.utf8(entry.shape())));
        }
        entry.description()
                .ifPresent(text -> sent.add(commands.hset(keys.descriptions(), entry.hash(), Reply.utf8(text))));
        return sent;
    }

    /**
     * Notes the commit of the posting checkout.
     *
     * @param hash the job
     * @param commit the commit
     * @return the commit that was noted before, empty if none
     */
    public Optional<String> commit(String hash, String commit) {
        return link.ask(commands -> {
            byte[] before = RedisLink.got(commands.hget(keys.commits(), hash));
            RedisLink.got(commands.hset(keys.commits(), hash, Reply.utf8(commit)));
            return Optional.ofNullable(before).map(Reply::text);
        });
    }

    /**
     * A job as people know it; what is not known is empty.
     *
     * @param name its name
     * @param description its description
     * @param posted when it was last posted, ms
     * @param commit the commit of the posting checkout
     */
    public record Note(String name, String description, long posted, String commit) {}

    /**
     * What is known of all jobs.
     *
     * @return hash to note
     */
    public Map<String, Note> all() {
        return link.ask(commands -> {
            RedisFuture<Map<String, byte[]>> names = commands.hgetall(keys.names());
            RedisFuture<Map<String, byte[]>> descriptions = commands.hgetall(keys.descriptions());
            RedisFuture<Map<String, byte[]>> times = commands.hgetall(keys.times());
            RedisFuture<Map<String, byte[]>> commits = commands.hgetall(keys.commits());
            Map<String, Note> notes = new HashMap<>();
            for (Map.Entry<String, byte[]> job : RedisLink.got(names).entrySet()) {
                String hash = job.getKey();
                notes.put(
                        hash,
                        new Note(
                                Reply.text(job.getValue()),
                                text(RedisLink.got(descriptions), hash),
                                time(text(RedisLink.got(times), hash)),
                                text(RedisLink.got(commits), hash)));
            }
            return notes;
        });
    }

    private static String text(Map<String, byte[]> values, String hash) {
        byte[] value = values.get(hash);
        return value == null ? "" : Reply.text(value);
    }

    private static long time(String text) {
        return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
    }

    /**
     * When a job was last posted.
     *
     * @param hash the whole hash
     * @return ms, 0 if it is not known
     */
    public long posted(String hash) {
        byte[] time = link.ask(commands -> RedisLink.got(commands.hget(keys.times(), hash)));
        return time == null ? 0 : time(Reply.text(time));
    }

    /**
     * All jobs there are.
     *
     * @return hash to name
     */
    public Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        link.ask(commands -> RedisLink.got(commands.hgetall(keys.names())))
                .forEach((hash, name) -> names.put(hash, Reply.text(name)));
        return names;
    }

    /**
     * Finds a job by the first characters of its hash.
     *
     * @param start at least 4 characters
     * @return the whole hash
     * @throws JobMonException if there is none, or more than one
     */
    public String find(String start) {
        if (start == null || !start.matches("[0-9a-f]{4,40}")) {
            throw new JobMonException("'" + start
                    + "' is no job hash: give 4 to 40 hexadecimal digits, as Sweep.jobHash()" + " returns them.");
        }
        List<String> found =
                names().keySet().stream().filter(hash -> hash.startsWith(start)).toList();
        if (found.isEmpty()) {
            throw new JobMonException("There is no job with the hash " + start + " in this Redis and namespace.");
        }
        if (found.size() > 1) {
            throw new JobMonException("More than one job's hash begins with " + start + "; give more digits.");
        }
        return found.get(0);
    }

    /**
     * A job's source.
     *
     * @param hash the whole hash
     * @return the text, or empty
     */
    public String source(String hash) {
        byte[] packed = link.ask(commands -> RedisLink.got(commands.hget(keys.sources(), hash)));
        return packed == null ? "" : new String(Packed.unpack(packed, SOURCE_LIMIT), StandardCharsets.UTF_8);
    }

    /**
     * How a job's outcomes are laid out.
     *
     * @param hash the whole hash
     * @return the shape, or empty
     */
    public String shape(String hash) {
        byte[] shape = link.ask(commands -> RedisLink.got(commands.hget(keys.shapes(), hash)));
        return shape == null ? "" : Reply.text(shape);
    }

    /**
     * What a job is described as.
     *
     * @param hash the whole hash
     * @return the description, or empty
     */
    public String description(String hash) {
        byte[] text = link.ask(commands -> RedisLink.got(commands.hget(keys.descriptions(), hash)));
        return text == null ? "" : Reply.text(text);
    }

    /**
     * Describes a job.
     *
     * @param hash the whole hash
     * @param text the description
     */
    public void describe(String hash, String text) {
        link.ask(commands -> RedisLink.got(commands.hset(keys.descriptions(), hash, Reply.utf8(text))));
    }

    List<RedisFuture<?>> forget(RedisAsyncCommands<String, byte[]> commands, String hash) {
        return List.of(
                commands.hdel(keys.sources(), hash),
                commands.hdel(keys.names(), hash),
                commands.hdel(keys.shapes(), hash),
                commands.hdel(keys.times(), hash),
                commands.hdel(keys.descriptions(), hash),
                commands.hdel(keys.commits(), hash));
    }
}

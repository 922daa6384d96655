package io.jobmon.core.queue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The state of sweeps in Redis: every change is one call here and one atomic script there, and every call can be made twice.
 * This is the way in; each part serves some stages:
 *
 * <ul>
 *   <li>{@link #sweeps()}: posting, waiting, reading, cancelling, cleaning
 *   <li>{@link #claims()}: claiming and running
 *   <li>{@link #commit}: committing
 *   <li>{@link #jobs()}, {@link #notes()}, {@link #board()}, {@link #launches()}, {@link #collectors()}, {@link #signals()}: what
 *       belongs to no single sweep
 * </ul>
 *
 * <p>Calls are repeated while Redis is out of reach, up to the patience of this lane; then they throw
 * {@link QueueException}. Each lane has a connection of its own, and its parts use it.
 *
 * <p>Thread safety: any number of threads, the parts too.
 */
public final class Queue implements AutoCloseable {

    private final QueueServer server;
    private final RedisLink link;
    private final Keys keys;
    private final Scripts scripts;
    private final Sweeps sweeps;
    private final Claims claims;
    private final JobIndex jobs;
    private final JobNotes notes;
    private final Board board;
    private final LaunchNotes launches;
    private final Collectors collectors;

    Queue(QueueServer server, RedisLink link, Keys keys) {
        this.server = server;
        this.link = link;
        this.keys = keys;
        this.scripts = new Scripts(link, keys);
        this.sweeps = new Sweeps(scripts);
        this.claims = new Claims(scripts);
        this.notes = new JobNotes(link, keys);
        this.jobs = new JobIndex(scripts, notes);
        this.board = new Board(link, keys);
        this.launches = new LaunchNotes(link, keys);
        this.collectors = new Collectors(link, keys);
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
     * Sweeps from their post to their end.
     *
     * @return the sweeps, on this lane
     */
    public Sweeps sweeps() {
        return sweeps;
    }

    /**
     * Who runs which experiments.
     *
     * @return the claims, on this lane
     */
    public Claims claims() {
        return claims;
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
        return new Committing(scripts, sweep).commit(outcomes, worker, workerNumber);
    }

    /**
     * Which sweeps a job has, and which of them are open.
     *
     * @return the index, on this lane
     */
    public JobIndex jobs() {
        return jobs;
    }

    /**
     * What people want to know of jobs.
     *
     * @return the notes, on this lane
     */
    public JobNotes notes() {
        return notes;
    }

    /**
     * The workers.
     *
     * @return the board, on this lane
     */
    public Board board() {
        return board;
    }

    /**
     * The arrays of batch schedulers.
     *
     * @return the arrays, on this lane
     */
    public LaunchNotes launches() {
        return launches;
    }

    /**
     * Who listens to workers.
     *
     * @return the listeners, on this lane
     */
    public Collectors collectors() {
        return collectors;
    }

    /**
     * The address of this machine on the way to Redis, at which others that reach Redis may reach this machine.
     *
     * @return the address; of the loopback interface if Redis is there
     */
    public InetAddress facing() {
        return server.facing();
    }

    /**
     * Forgets workers that have been killed: they are taken off the board, and what they had claimed can be claimed by others
     * at once. As after an orderly stop, nothing counts as a failure or a loss. A worker that lives after all comes back with
     * its next heartbeat, without its claims. Calls of this kind can be repeated.
     *
     * @param workers their ids
     * @return how many experiments were given back
     */
    public long forget(Collection<String> workers) {
        return new Forgetting(this).forget(Set.copyOf(workers));
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

    @Override
    public void close() {
        link.close();
    }
}

package io.jobmon.core.post;

import io.jobmon.Job;
import io.jobmon.JobMonException;
import io.jobmon.JobMonListener;
import io.jobmon.ParamSpace;
import io.jobmon.Posting;
import io.jobmon.Sweep;
import io.jobmon.core.codec.Json;
import io.jobmon.core.identity.Identities;
import io.jobmon.core.identity.JobIdentity;
import io.jobmon.core.queue.JobIndex;
import io.jobmon.core.queue.JobNotes;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.SweepMeta;
import io.jobmon.core.queue.Sweeps;
import io.jobmon.core.run.RunnableJob;
import io.jobmon.core.space.Space;
import io.jobmon.core.watch.Notices;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Turns a job and a space into one entry of the queue, or finds the entry that is there already.
 *
 * <p>Thread safety: any number of threads.
 */
public final class Poster {

    /** The most experiments of a sweep. */
    static final long MAX_SIZE = (1L << 32) - 1;

    /** Looking through more would keep the poster waiting. */
    private static final long MOST_AUDITED = 1L << 22;

    private final PostContext context;
    private final Neighbourhood neighbourhood;

    /**
     * Makes a poster.
     *
     * @param context the connection
     */
    public Poster(PostContext context) {
        this.context = context;
        this.neighbourhood = new Neighbourhood(context);
    }

    /**
     * Begins to post.
     *
     * @param job the job
     * @param <P> the parameters
     * @param <R> the outcome
     * @return the posting
     */
    public <P, R> Posting<P, R> post(Job<P, R> job) {
        if (job == null) {
            throw new JobMonException("The job is null; give one to post.");
        }
        return new DefaultPosting<>(this, RunnableJob.of(job));
    }

    /**
     * Takes up a sweep to look at it, without its job.
     *
     * @param id the sweep
     * @return the sweep; its outcomes are what is stored, by name; nothing can be replayed
     */
    public Sweep<Map<String, Object>, Map<String, Object>> stored(String id) {
        SweepMeta meta = meta(id);
        String shape = context.queue().notes().shape(meta.identity().job());
        RunnableJob<Map<String, Object>, Map<String, Object>> job = RunnableJob.stored(
                meta.identity().name(), meta.identity().job(), meta.identity().base(), shape);
        Space<Map<String, Object>> space = Space.parse(meta.identity().specification(), job.parameters());
        return new DefaultSweep<>(context, meta, job, space, new Watch(context, meta));
    }

    private SweepMeta meta(String id) {
        return context.queue()
                .sweeps()
                .meta(id)
                .orElseThrow(() -> new JobMonException("There is no sweep " + id
                        + " in this Redis and namespace; it was never posted here, or was cleaned."));
    }

    /**
     * Takes up a sweep.
     *
     * @param id the sweep
     * @param job the job it was posted with
     * @param <P> the parameters
     * @param <R> the outcome
     * @return the sweep
     */
    public <P, R> Sweep<P, R> attach(String id, Job<P, R> job) {
        if (id == null || !id.matches("[0-9a-f]{20}")) {
            throw new JobMonException("'" + id + "' is no sweep id; give what Sweep.id() returned.");
        }
        if (job == null) {
            throw new JobMonException("The job is null; give the one that the sweep was posted with.");
        }
        RunnableJob<P, R> runnable = RunnableJob.of(job);
        SweepMeta meta = meta(id);
        String name = meta.identity().name();
        if (!name.equals(runnable.identity().name())) {
            throw new JobMonException("The sweep " + id + " was posted with the job " + name + ", not with "
                    + runnable.identity().name() + "; attach it with that job.");
        }
        if (meta.identity().base().equals(runnable.identity().base())) {
            context.holder().accept(runnable);
        } else {
            neighbourhood.saySameNameOtherCode(meta);
        }
        Space<P> space = Space.parse(meta.identity().specification(), runnable.parameters());
        return new DefaultSweep<>(context, meta, runnable, space, new Watch(context, meta));
    }

    <P, R> Sweep<P, R> sweep(DefaultPosting<P, R> posting, ParamSpace points) {
        RunnableJob<P, R> job = posting.job();
        Space<P> space = Space.of(points, job.parameters());
        job.checkNames(space.names());
        SweepMeta meta = describe(posting, space);
        neighbourhood.own(meta);
        Sweeps.Posted posted = write(posting, meta, space);
        context.holder().accept(job);
        SweepMeta written = meta.postedAt(posted.first());
        Watch watch = new Watch(context, written, posted.incarnation(), () -> write(posting, meta, space));
        return new DefaultSweep<>(context, written, job, space, watch);
    }

    private static <P, R> SweepMeta describe(DefaultPosting<P, R> posting, Space<P> space) {
        long points = space.size();
        int replicates = posting.chosenReplicates();
        if (points > MAX_SIZE || points * replicates > MAX_SIZE) {
            throw new JobMonException("The sweep has " + points + " points x " + replicates
                    + " replicates; the limit is " + MAX_SIZE + " experiments. Split the space.");
        }
        JobIdentity identity = Identities.withInputs(posting.job().identity(), posting.inputs());
        String id = digest(Json.canonical(List.of(
                1L,
                identity.hash(),
                space.specification(),
                (long) replicates,
                posting.chosenSeed(),
                posting.choseCommonRandomNumbers())));
        return new SweepMeta(
                id,
                new SweepMeta.Identity(
                        identity.name(),
                        identity.hash(),
                        identity.base(),
                        space.specification(),
                        points,
                        replicates,
                        posting.chosenSeed(),
                        posting.choseCommonRandomNumbers(),
                        Json.canonical(posting.inputs()),
                        0),
                posting.policy());
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the sweep; answers what it met. */
    private <P, R> Sweeps.Posted write(DefaultPosting<P, R> posting, SweepMeta meta, Space<P> space) {
        Queue queue = context.queue();
        Adoption<P> adoption = new Adoption<>(queue, meta, space, posting.job().parameters());
        Sweeps.Posted posted = queue.sweeps().post(meta, adoption.hasDonors());
        if (posted.state().equals("cleaning")) {
            throw new JobMonException("The sweep " + meta.id() + " is being cleaned; post it again when that is done.");
        }
        JobIndex jobs = queue.jobs();
        String state = posted.state();
        boolean open = !state.equals("adopting") && !state.equals("complete");
        jobs.write(
                new JobNotes.Entry(
                        meta.identity().job(),
                        meta.identity().name(),
                        Identities.source(posting.job().job()),
                        posting.description(),
                        posting.job().outcome().shape()),
                meta,
                posted.now(),
                open);
        if (state.equals("adopting")) {
            adoption.run();
            state = queue.sweeps().open(meta.id());
        }
        if (state.equals("complete") && !repaired(meta)) {
            jobs.close(meta.identity().base(), meta.id());
        } else if (!open) {
            jobs.open(meta);
        }
        if (context.listeners().any()) {
            context.listeners()
                    .tell(new JobMonListener.Posted(meta.identity().name(), meta.id(), meta.size(), !posted.made()));
        }
        context.background().execute(() -> neighbourhood.say(meta));
        return posted;
    }

    /** A server that was started anew may hold less than it says; a complete sweep is looked through once after each start. */
    private boolean repaired(SweepMeta meta) {
        long missing = meta.size() > MOST_AUDITED ? 0 : context.queue().claims().audit(meta.id(), true);
        if (missing > 0) {
            Notices.say("Redis has lost " + missing + " outcomes of the sweep " + meta.id() + " of "
                    + meta.identity().name() + "; those experiments are run again.");
        }
        return missing > 0;
    }
}

package io.jobmon.core.post;

import io.jobmon.JobMonException;
import io.jobmon.core.identity.GitState;
import io.jobmon.core.identity.Identities;
import io.jobmon.core.queue.JobIndex;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.SweepMeta;
import io.jobmon.core.queue.SweepStatus;
import io.jobmon.core.watch.Notices;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says, after a post and without keeping it waiting, what a person would want to know: the same code under another commit,
 * other code under the same name, too little memory. Each thing once.
 */
final class Neighbourhood {

    private static final Logger LOG = LoggerFactory.getLogger(Neighbourhood.class);
    private static final int BYTES_PER_RESULT = 30;

    private final PostContext context;
    private final Supplier<GitState> git;
    private final Consumer<String> out;
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final Set<String> own = ConcurrentHashMap.newKeySet();

    Neighbourhood(PostContext context) {
        this(context, () -> Identities.git().join(), Notices::say);
    }

    Neighbourhood(PostContext context, Supplier<GitState> git, Consumer<String> out) {
        this.context = context;
        this.git = git;
        this.out = out;
    }

    /** A job that this program posts is no stranger to it, whatever its configuration. */
    void own(SweepMeta meta) {
        own.add(meta.identity().job());
    }

    void say(SweepMeta meta) {
        own(meta);
        try {
            commit(meta);
            otherCode(meta);
            memory(meta);
        } catch (JobMonException e) {
            LOG.debug("What stands around {} could not be looked at.", meta.id(), e);
        }
    }

    private void once(String line) {
        if (said.add(line)) {
            out.accept(line);
        }
    }

    private void commit(SweepMeta meta) {
        GitState state = git.get();
        if (!state.known()) {
            return;
        }
        Optional<String> before = context.queue().notes().commit(meta.identity().job(), state.text());
        if (before.isPresent() && !before.get().equals(state.text())) {
            once("The job " + meta.identity().name() + " "
                    + shortly(meta.identity().job())
                    + " was posted from the commit " + before.get() + " before, now from " + state.text()
                    + ": its code is the same.");
        }
    }

    private void otherCode(SweepMeta meta) {
        Queue queue = context.queue();
        JobIndex jobs = queue.jobs();
        for (Map.Entry<String, String> job : queue.notes().names().entrySet()) {
            if (own.contains(job.getKey())
                    || !job.getValue().equals(meta.identity().name())) {
                continue;
            }
            for (String sweep : jobs.sweeps(job.getKey(), 10)) {
                SweepStatus status = queue.sweeps().status(sweep);
                if (status.state().equals("open")) {
                    once("The sweep " + sweep + " of " + meta.identity().name() + " with other code or configuration ("
                            + shortly(job.getKey()) + ") is still open, " + status.done() + " of " + status.size()
                            + " done. To cancel it: jobmon.attach(\"" + sweep + "\", job).cancel()");
                }
            }
        }
    }

    void saySameNameOtherCode(SweepMeta meta) {
        once("The sweep " + meta.id() + " was posted with other code of "
                + meta.identity().name() + " ("
                + shortly(meta.identity().base())
                + "); its results can be read here, but this program's workers cannot run it.");
    }

    private void memory(SweepMeta meta) {
        context.queue().memoryLeft().ifPresent(left -> {
            long need = meta.size() * BYTES_PER_RESULT;
            if (need > left) {
                once("The sweep " + meta.id() + " will need about " + (need >> 20) + " MiB of Redis' memory, which has "
                        + (left >> 20) + " MiB left. Raise maxmemory, or return less.");
            }
        });
    }

    static String shortly(String hash) {
        return hash.substring(0, Math.min(8, hash.length()));
    }
}

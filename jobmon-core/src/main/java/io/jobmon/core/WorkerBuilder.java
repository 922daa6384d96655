package io.jobmon.core;

import io.jobmon.CommandJob;
import io.jobmon.Job;
import io.jobmon.JobMonException;
import io.jobmon.JobMonListener;
import io.jobmon.JobMonOptions;
import io.jobmon.Worker;
import io.jobmon.core.claim.RunningWorker;
import io.jobmon.core.claim.RunningWorker.Speech;
import io.jobmon.core.identity.UnreadyException;
import io.jobmon.core.post.Tags;
import io.jobmon.core.run.RunnableJob;
import io.jobmon.core.telemetry.SyslogServer;
import io.jobmon.spi.ChildSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says what a worker runs. For one thread. */
final class WorkerBuilder implements Worker.Builder {

    /** The exit code of a worker that gave up because its slots are stuck: EX_TEMPFAIL of sysexits.h. */
    static final int STUCK = 75;

    record Chosen(
            List<RunnableJob<?, ?>> jobs,
            Map<CommandJob<?>, String> later,
            int slots,
            Set<String> tags,
            ChildSettings children,
            List<JobMonListener> listeners,
            Speech speech) {}

    private final Function<Chosen, RunningWorker> start;
    private final List<RunnableJob<?, ?>> jobs = new ArrayList<>();

    /** Jobs that lack something here, which may come, and what. */
    private final Map<CommandJob<?>, String> later = new LinkedHashMap<>();

    private final Set<String> tags = new TreeSet<>();
    private final List<JobMonListener> listeners = new ArrayList<>();
    private ChildSettings children = ChildSettings.NONE;
    private @Nullable SyslogServer syslog;
    private int slots = Runtime.getRuntime().availableProcessors();

    WorkerBuilder(Function<Chosen, RunningWorker> start) {
        this.start = start;
    }

    @Override
    public Worker.Builder job(Job<?, ?> job) {
        if (job == null) {
            throw new JobMonException("The job is null; give one to run.");
        }
        try {
            RunnableJob<?, ?> runnable = RunnableJob.of(job);
            requireNew(runnable.identity().name());
            jobs.add(runnable);
        } catch (UnreadyException e) {
            requireNew(job.name());
            later.put((CommandJob<?>) job, e.lack());
        }
        return this;
    }

    private void requireNew(String name) {
        if (jobs.stream().anyMatch(other -> other.identity().name().equals(name))
                || later.keySet().stream().anyMatch(other -> other.name().equals(name))) {
            throw new JobMonException("This worker has a job named " + name
                    + " already; give one of them another name(), or start a second worker.");
        }
    }

    @Override
    public Worker.Builder slots(int number) {
        if (number < 1 || number > JobMonOptions.MAX_SLOTS) {
            throw new JobMonException("slots is " + number + "; give 1 to " + JobMonOptions.MAX_SLOTS + ".");
        }
        slots = number;
        return this;
    }

    @Override
    public Worker.Builder tags(String... more) {
        tags.addAll(Tags.check(more));
        return this;
    }

    @Override
    public Worker.Builder childJvmOptions(String... options) {
        children = children.jvmOptions(options);
        return this;
    }

    @Override
    public Worker.Builder childEnvironment(String name, String value) {
        children = children.environment(name, value);
        return this;
    }

    @Override
    public Worker.Builder syslog(String uri) {
        syslog = SyslogServer.parse(uri);
        return this;
    }

    @Override
    public Worker.Builder listener(JobMonListener listener) {
        if (listener == null) {
            throw new JobMonException("The listener is null; give one, or leave it out.");
        }
        listeners.add(listener);
        return this;
    }

    private RunningWorker started(boolean whole) {
        if (jobs.isEmpty() && later.isEmpty()) {
            throw new JobMonException("The worker has no job; give it one: worker().job(new MyJob()).start().");
        }
        return start.apply(new Chosen(
                List.copyOf(jobs),
                Map.copyOf(later),
                slots,
                Set.copyOf(tags),
                children,
                List.copyOf(listeners),
                new Speech(whole, Optional.ofNullable(syslog))));
    }

    @Override
    public Worker start() {
        return started(false);
    }

    @Override
    public void run() {
        boolean stuck;
        try (RunningWorker worker = started(true)) {
            stuck = worker.awaitStop();
        }
        if (stuck) {
            System.exit(STUCK);
        }
    }
}

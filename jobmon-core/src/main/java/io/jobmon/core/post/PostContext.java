package io.jobmon.core.post;

import io.jobmon.core.queue.Queue;
import io.jobmon.core.run.Listeners;
import io.jobmon.core.run.RunnableJob;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What posting and waiting need of the connection they belong to.
 *
 * @param queue a lane for callers
 * @param lease how long a worker may be silent
 * @param failWithoutWorkers how long to wait for a worker that could run a sweep, empty for ever
 * @param firstNotice when a wait says for the first time what it waits for
 * @param holder told about every job that is posted: a local instance's own worker takes it
 * @param background runs what need not keep the caller waiting
 * @param listeners who is told of posts
 */
public record PostContext(
        Queue queue,
        Duration lease,
        Optional<Duration> failWithoutWorkers,
        Duration firstNotice,
        Consumer<RunnableJob<?, ?>> holder,
        Executor background,
        Listeners listeners) {}

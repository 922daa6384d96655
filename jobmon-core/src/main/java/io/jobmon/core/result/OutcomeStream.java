package io.jobmon.core.result;

import io.jobmon.JobMonException;
import io.jobmon.Result;
import io.jobmon.core.codec.OutcomeType;
import io.jobmon.core.queue.QueueException;
import io.jobmon.core.queue.StoredBlock;
import io.jobmon.core.queue.SweepReader;
import io.jobmon.core.space.Space;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Outcomes as they come. */
public final class OutcomeStream {

    private OutcomeStream() {}

    /**
     * Follows a sweep: what is there already by index, then what is new, failures too, each index once. Ends with the
     * sweep, or when the stream is closed.
     *
     * @param reader the sweep
     * @param space its points
     * @param outcome its outcomes
     * @param end says when the sweep has ended
     * @param <P> the parameters
     * @param <R> the outcome
     * @return the stream, sequential; it reads while it is read
     */
    public static <P, R> Stream<Result<P, R>> of(
            SweepReader reader, Space<P> space, OutcomeType<R> outcome, EndSignal end) {
        Follower<P, R> follower = new Follower<>(reader, space, outcome, end);
        return StreamSupport.stream(follower, false).onClose(follower::close);
    }

    private static final class Follower<P, R> extends Spliterators.AbstractSpliterator<Result<P, R>> {

        private static final long FIRST = 1;
        private static final long AFTER_NEWS = 5;
        private static final long LONGEST = 200;

        private final SweepReader reader;
        private final Space<P> space;
        private final EndSignal end;
        private final Seen seen;
        private final Outcomes<R> values;
        private final Causes causes;
        private final Deque<Result<P, R>> ready = new ArrayDeque<>(StoredBlock.SIZE);
        private @Nullable BlockFeed feed;
        private boolean last;
        private @Nullable JobMonException why;
        private boolean news;
        private long pause = FIRST;
        private volatile boolean closed;

        Follower(SweepReader reader, Space<P> space, OutcomeType<R> outcome, EndSignal end) {
            super(Long.MAX_VALUE, Spliterator.DISTINCT | Spliterator.NONNULL | Spliterator.IMMUTABLE);
            this.reader = reader;
            this.space = space;
            this.end = end;
            this.seen = new Seen(reader.size());
            this.values = new Outcomes<>(outcome);
            this.causes = new Causes(reader);
        }

        void close() {
            closed = true;
        }

        @Override
        public boolean tryAdvance(Consumer<? super Result<P, R>> action) {
            while (!closed) {
                Result<P, R> result = ready.poll();
                if (result != null) {
                    action.accept(result);
                    return true;
                }
                if (!more()) {
                    return false;
                }
            }
            return false;
        }

        /** Reads the next block, or looks anew; false at the end. */
        private boolean more() {
            try {
                return feed == null ? look() : feed.hasNext() ? take(feed.next()) : looked();
            } catch (QueueException e) {
                // The next look brings what this one did not: what was given is remembered.
                feed = null;
                end.away(e);
                return true;
            }
        }

        private boolean look() {
            why = null;
            // Asked before looking: what came before the end is seen by the look after it.
            try {
                last = end.ended();
            } catch (QueueException e) {
                throw e;
            } catch (JobMonException e) {
                // Cancelled or paused: what is there is still given, then why no more comes.
                last = true;
                why = e;
            }
            news = false;
            feed = new BlockFeed(reader, new FreshBlocks(reader, seen));
            return true;
        }

        private boolean looked() {
            feed = null;
            end.back();
            if (why != null) {
                throw why;
            }
            if (last) {
                return false;
            }
            if (news) {
                pause = AFTER_NEWS;
            }
            end.pause(pause);
            pause = Math.min(LONGEST, pause * 2);
            return true;
        }

        private boolean take(StoredBlock block) {
            values.open(block);
            for (int i = 0; i < StoredBlock.SIZE; i++) {
                long index = block.block() * StoredBlock.SIZE + i;
                if (block.state(i) == StoredBlock.NOTHING || seen.given(index)) {
                    continue;
                }
                Result<P, R> result = result(block, i);
                seen.add(index);
                ready.add(result);
                news = true;
            }
            return true;
        }

        private Result<P, R> result(StoredBlock block, int i) {
            return block.state(i) == StoredBlock.RESULT
                    ? StoredResult.success(reader, space, block, i, values.value(i))
                    : StoredResult.failure(reader, space, block, i, causes.of(block.cause(i)));
        }
    }
}

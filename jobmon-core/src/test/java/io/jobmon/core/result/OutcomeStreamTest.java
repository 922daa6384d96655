package io.jobmon.core.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Axis;
import io.jobmon.Failure;
import io.jobmon.JobMonException;
import io.jobmon.ParamSpace;
import io.jobmon.Result;
import io.jobmon.core.codec.OutcomeType;
import io.jobmon.core.codec.ParameterType;
import io.jobmon.core.queue.QueueException;
import io.jobmon.core.space.Space;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutcomeStreamTest {

    private final Queue<Runnable> whilePausing = new ArrayDeque<>();
    private final List<Long> pauses = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private boolean ended;
    private boolean isAway;

    private final EndSignal end = new EndSignal() {
        @Override
        public boolean ended() {
            return ended;
        }

        @Override
        public void away(QueueException e) {
            if (!isAway) {
                said.add(e.getMessage());
            }
            isAway = true;
        }

        @Override
        public void back() {
            isAway = false;
        }

        @Override
        public void pause(long millis) {
            pauses.add(millis);
            Runnable next = whilePausing.poll();
            if (next == null) {
                throw new AssertionError("paused though nothing is to come");
            }
            next.run();
        }
    };

    private static final OutcomeType<Long> OUTCOME = OutcomeType.of(Long.class, "Job");

    private static Space<Long> space(FakeSweep sweep) {
        return Space.of(
                ParamSpace.grid().axis("value", Axis.range(0L, sweep.points() - 1, 1L)),
                ParameterType.of(Long.class, "Job"));
    }

    private Stream<Result<Long, Long>> stream(FakeSweep sweep) {
        return OutcomeStream.of(sweep, space(sweep), OUTCOME, end);
    }

    @Test
    void should_give_each_index_once_when_outcomes_appear_later() {
        FakeSweep sweep = new FakeSweep(1000, 1000);
        sweep.causes.put(0, new Failure("E", "early", ""));
        sweep.put(700, "[1]").put(3, "[2]").dead(4, 0);
        whilePausing.add(() -> {});
        whilePausing.add(() -> {});
        whilePausing.add(() -> {
            sweep.causes.put(5, new Failure("E", "late", ""));
            sweep.put(5, "[3]").put(0, "[4]").dead(999, 5);
        });
        whilePausing.add(() -> {
            ended = true;
            sweep.put(701, "[5]");
        });
        List<Result<Long, Long>> all = stream(sweep).toList();
        assertThat(all).extracting(Result::index).containsExactly(3L, 4L, 700L, 0L, 5L, 999L, 701L);
        assertThat(all).extracting(Result::succeeded).containsExactly(true, false, true, true, true, false, true);
        assertThat(all.get(0).value()).isEqualTo(2);
        assertThat(all.get(0).params()).isEqualTo(3);
        assertThat(all.get(1).failure()).contains(new Failure("E", "early", ""));
        assertThat(all.get(5).failure()).contains(new Failure("E", "late", ""));
        assertThat(sweep.causesRead).isEqualTo(2);
        assertThatThrownBy(() -> all.get(1).value())
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("Experiment 4 failed (E: early)");
        assertThat(pauses).containsExactly(5L, 10L, 20L, 5L);
    }

    @Test
    void should_not_read_again_when_pieces_were_given_whole() {
        FakeSweep sweep = new FakeSweep(200_000, 200_000);
        LongStream.range(0, 131_072).forEach(index -> sweep.put(index, "[" + index + "]"));
        List<List<Integer>> looks = new ArrayList<>();
        Runnable look = () -> {
            looks.add(List.copyOf(sweep.piecesRead));
            sweep.piecesRead.clear();
        };
        whilePausing.add(() -> {
            look.run();
            sweep.put(140_000, "[1]");
        });
        whilePausing.add(() -> {
            look.run();
            LongStream.range(131_072, 200_000).forEach(index -> sweep.put(index, "[" + index + "]"));
        });
        whilePausing.add(() -> {
            look.run();
            ended = true;
        });
        assertThat(stream(sweep).mapToLong(Result::index).distinct().count()).isEqualTo(200_000);
        assertThat(looks).containsExactly(List.of(0, 1), List.of(2), List.of(2, 3));
        assertThat(sweep.piecesRead).isEmpty();
        assertThat(sweep.blocksRead.stream().filter(block -> block < 1024).count())
                .isEqualTo(1024);
    }

    @Test
    void should_wait_longer_and_longer_when_nothing_comes() {
        FakeSweep sweep = new FakeSweep(10, 10);
        for (int i = 0; i < 8; i++) {
            whilePausing.add(() -> {});
        }
        whilePausing.add(() -> ended = true);
        assertThat(stream(sweep)).isEmpty();
        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 200L);
    }

    @Test
    void should_throw_what_the_signal_throws_when_the_sweep_is_cancelled() {
        FakeSweep sweep = new FakeSweep(10, 10).put(0, "[1]");
        whilePausing.add(() -> {
            throw new JobMonException("cancelled");
        });
        List<Long> given = new ArrayList<>();
        assertThatThrownBy(() -> stream(sweep).forEach(result -> given.add(result.index())))
                .isInstanceOf(JobMonException.class)
                .hasMessage("cancelled");
        assertThat(given).containsExactly(0L);
    }

    @Test
    void should_stop_when_it_is_closed() {
        FakeSweep sweep = new FakeSweep(10, 10).put(0, "[1]").put(1, "[2]");
        try (Stream<Result<Long, Long>> stream = stream(sweep)) {
            Iterator<Result<Long, Long>> iterator = stream.iterator();
            assertThat(iterator.next().index()).isZero();
            stream.close();
            assertThat(iterator.hasNext()).isFalse();
        }
        assertThat(pauses).isEmpty();
    }

    /** A sweep of some open and some sealed blocks and two causes, which grows once and ends. */
    private List<Result<Long, Long>> grown(FakeSweep sweep) {
        ended = false;
        whilePausing.clear();
        said.clear();
        sweep.causes.put(0, new Failure("E", "early", ""));
        LongStream.range(0, 20_000).forEach(index -> sweep.put(index, "[" + index + "]"));
        sweep.dead(20_001, 0);
        whilePausing.add(() -> {
            sweep.causes.put(1, new Failure("E", "late", ""));
            sweep.put(20_000, "[20000]").dead(20_002, 1).put(70_000, "[70000]");
            ended = true;
        });
        return stream(sweep).toList();
    }

    private static List<Long> sorted(List<Result<Long, Long>> results) {
        return results.stream().map(Result::index).sorted().toList();
    }

    @Test
    void should_give_each_index_once_when_redis_is_away_at_any_call() {
        FakeSweep calm = new FakeSweep(70_001, 70_001);
        List<Result<Long, Long>> wanted = grown(calm);
        assertThat(wanted).hasSize(20_004);
        assertThat(said).isEmpty();
        assertThat(calm.calls).isGreaterThan(8);
        for (int outageCalls : new int[] {1, 5}) {
            for (int call = 0; call < calm.calls; call++) {
                FakeSweep sweep = new FakeSweep(70_001, 70_001);
                sweep.outageAt = call;
                sweep.outageCalls = outageCalls;
                List<Result<Long, Long>> all = grown(sweep);
                assertThat(sorted(all))
                        .as("%d calls from %d on", outageCalls, call)
                        .isEqualTo(sorted(wanted));
                assertThat(all).extracting(Result::failure).contains(Optional.of(new Failure("E", "late", "")));
                assertThat(said).hasSize(1);
            }
        }
    }

    @Test
    void should_throw_what_the_signal_throws_when_redis_stays_away() {
        FakeSweep sweep = new FakeSweep(10, 10).put(0, "[1]");
        sweep.outageAt = 1;
        sweep.outageCalls = Integer.MAX_VALUE / 2;
        int[] left = {3};
        EndSignal impatient = new EndSignal() {
            @Override
            public boolean ended() {
                return true;
            }

            @Override
            public void away(QueueException e) {
                if (--left[0] == 0) {
                    throw e;
                }
            }

            @Override
            public void back() {
                throw new AssertionError("back though nothing went through");
            }

            @Override
            public void pause(long millis) {
                throw new AssertionError("paused though it has ended");
            }
        };
        assertThatThrownBy(() -> OutcomeStream.of(sweep, space(sweep), OUTCOME, impatient)
                        .toList())
                .isInstanceOf(QueueException.class);
        assertThat(left[0]).isZero();
    }
}

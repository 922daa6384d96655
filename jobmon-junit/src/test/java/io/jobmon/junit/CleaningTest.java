package io.jobmon.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.JobMonListener;
import io.jobmon.JobMonOptions;
import io.jobmon.Posting;
import io.jobmon.Sweep;
import io.jobmon.SweepState;
import io.jobmon.core.local.EmbeddedRedis;
import io.jobmon.spi.SweepDetails;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a connection on a shared server clears up, and what it leaves alone. */
class CleaningTest {

    private EmbeddedRedis redis;
    private JobMon other;

    @BeforeEach
    void start() {
        redis = EmbeddedRedis.start(null);
        other = JobMon.connect(options());
    }

    @AfterEach
    void stop() {
        other.close();
        redis.close();
    }

    private JobMonOptions options() {
        return JobMonOptions.redis(redis.uri()).namespace("junit");
    }

    private static Sweep<Noise.Params, Noise.Outcome> posted(JobMon jobmon, int batch) {
        return jobmon.post(new Noise()).run(new Noise.Params(1, batch), 3);
    }

    private List<String> stored() {
        return other.jobs().stream()
                .flatMap(job -> job.sweeps().stream())
                .map(sweep -> sweep.id())
                .toList();
    }

    @Test
    void should_leave_a_sweep_alone_when_the_test_only_took_it_up() {
        Sweep<?, ?> kept = posted(other, 1);
        List<String> leaks = new ArrayList<>();
        TestConnection connection = TestConnection.open(options(), true);
        connection.jobmon().attach(kept.id(), new Noise());

        connection.close(leaks::add);

        assertThat(kept.progress().state()).isEqualTo(SweepState.OPEN);
        assertThat(stored()).containsExactly(kept.id());
        assertThat(leaks).isEmpty();
    }

    @Test
    void should_leave_a_sweep_alone_when_it_was_there_before_the_test_posted_it() {
        Sweep<?, ?> kept = posted(other, 1);
        List<String> leaks = new ArrayList<>();
        TestConnection connection = TestConnection.open(options(), true);
        assertThat(posted(connection.jobmon(), 1).id()).isEqualTo(kept.id());
        posted(connection.jobmon(), 2).cancel();

        connection.close(leaks::add);

        assertThat(kept.progress().state()).isEqualTo(SweepState.OPEN);
        assertThat(stored()).as("the one that the test made is gone").containsExactly(kept.id());
        assertThat(leaks).isEmpty();
    }

    @Test
    void should_delete_a_sweep_when_the_test_made_it_and_posted_it_again() {
        TestConnection connection = TestConnection.open(options(), true);
        posted(connection.jobmon(), 1);
        connection
                .jobmon()
                .attach(posted(connection.jobmon(), 1).id(), new Noise())
                .cancel();

        connection.close(leak -> {});

        assertThat(stored()).isEmpty();
    }

    @Test
    void should_delete_a_sweep_when_the_test_cleaned_it_and_made_it_anew() {
        Sweep<?, ?> before = posted(other, 1);
        TestConnection connection = TestConnection.open(options(), true);
        Sweep<?, ?> sweep = posted(connection.jobmon(), 1);
        connection.jobmon().clean(sweep.jobHash());
        assertThat(posted(connection.jobmon(), 1).id()).isEqualTo(before.id());
        sweep.cancel();

        connection.close(leak -> {});

        assertThat(stored()).isEmpty();
    }

    @Test
    void should_do_nothing_when_the_test_has_cleaned_its_sweep_itself() {
        List<String> leaks = new ArrayList<>();
        TestConnection connection = TestConnection.open(options(), true);
        connection.jobmon().clean(posted(connection.jobmon(), 1).jobHash());

        connection.close(leaks::add);

        assertThat(stored()).isEmpty();
        assertThat(leaks).isEmpty();
    }

    @Test
    void should_leave_no_key_of_a_sweep_when_the_test_left_it_running() {
        List<String> leaks = new ArrayList<>();
        TestConnection connection = TestConnection.open(options(), true);
        String id = posted(connection.jobmon(), 1).id();
        assertThat(keys()).anyMatch(key -> key.contains(id));

        assertThatThrownBy(() -> connection.close(leaks::add))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("left sweeps running")
                .hasMessageContaining("of Noise, 3 experiments");

        assertThat(leaks).singleElement().asString().startsWith("sweep left running: ");
        assertThat(keys()).noneMatch(key -> key.contains(id));
    }

    private List<String> keys() {
        RedisClient client = RedisClient.create(redis.uri());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return connection.sync().keys("*");
        } finally {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }

    /** Instead of a deletion. */
    private interface Deletion {
        void run(String sweep);
    }

    private static Object changed(Object target, Deletion deletion, Class<?>... types) {
        return Proxy.newProxyInstance(CleaningTest.class.getClassLoader(), types, (proxy, method, arguments) -> {
            if (target instanceof Sweep<?, ?> sweep && method.getName().equals("delete")) {
                deletion.run(sweep.id());
                return null;
            }
            Object answer = call(target, method, arguments);
            if (answer instanceof Sweep) {
                return changed(answer, deletion, Sweep.class, SweepDetails.class);
            }
            return answer instanceof Posting ? changed(answer, deletion, Posting.class) : answer;
        });
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** A connection whose sweeps are deleted in another way. */
    private TestConnection open(Deletion deletion) {
        Crowd crowd = new Crowd();
        crowd.enter(true);
        Origins origins = new Origins(TimeUnit.SECONDS.toNanos(5));
        JobMon real = JobMon.connect(options().listener(origins));
        return new TestConnection((JobMon) changed(real, deletion, JobMon.class), origins, crowd);
    }

    @Test
    void should_report_keys_when_a_sweep_is_still_there_after_its_deletion() {
        List<String> leaks = new ArrayList<>();
        TestConnection connection = open(sweep -> {});
        Sweep<?, ?> sweep = posted(connection.jobmon(), 1);
        sweep.cancel();

        connection.close(leaks::add);

        assertThat(leaks).containsExactly("sweep " + sweep.id() + " is still on the server, though it was deleted");
    }

    @Test
    void should_close_and_keep_what_was_thrown_first_when_deletions_fail() {
        List<String> leaks = new ArrayList<>();
        TestConnection connection = open(sweep -> {
            throw new JobMonException("planted " + sweep);
        });
        Sweep<?, ?> one = posted(connection.jobmon(), 1);
        Sweep<?, ?> two = posted(connection.jobmon(), 2);
        two.cancel();

        assertThatThrownBy(() -> connection.close(leaks::add))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("left sweeps running")
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactlyInAnyOrder("planted " + one.id(), "planted " + two.id()));

        assertThat(leaks)
                .hasSize(3)
                .filteredOn(leak -> leak.contains("still on the server"))
                .hasSize(2);
        assertThatThrownBy(() -> connection.jobmon().jobs()).as("it is closed").isInstanceOf(RuntimeException.class);
    }

    @Test
    void should_leave_a_sweep_and_report_it_when_nothing_tells_who_made_it() {
        Origins origins = new Origins(TimeUnit.MILLISECONDS.toNanos(50));
        Crowd crowd = new Crowd();
        crowd.enter(true);
        TestConnection connection = new TestConnection(JobMon.connect(options()), origins, crowd);
        Sweep<?, ?> sweep = posted(connection.jobmon(), 1);
        List<String> leaks = new ArrayList<>();

        connection.close(leaks::add);

        assertThat(stored()).containsExactly(sweep.id());
        assertThat(leaks).singleElement().asString().contains(sweep.id(), "not known whether it was there before");
    }

    @Test
    void should_wait_for_as_many_posts_as_there_were_when_it_asks_where_a_sweep_is_from() {
        Origins origins = new Origins(TimeUnit.MILLISECONDS.toNanos(50));
        origins.posted(new JobMonListener.Posted("job", "old", 1, true));
        assertThat(origins.of("old", 1)).isEqualTo(Origins.Origin.THERE_BEFORE);
        assertThat(origins.of("old", 2)).isEqualTo(Origins.Origin.UNKNOWN);
        origins.posted(new JobMonListener.Posted("job", "old", 1, false));
        assertThat(origins.of("old", 2)).isEqualTo(Origins.Origin.MADE);
    }
}

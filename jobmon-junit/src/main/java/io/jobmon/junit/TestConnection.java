package io.jobmon.junit;

import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.JobMonOptions;
import io.jobmon.JobStatus;
import io.jobmon.Posting;
import io.jobmon.Progress;
import io.jobmon.Sweep;
import io.jobmon.SweepState;
import io.jobmon.junit.Origins.Origin;
import io.jobmon.spi.SweepDetails;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection that remembers which sweeps were posted through it. Thread safety: any number of threads. */
final class TestConnection {

    private static final long TELLING_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Crowd CROWD = new Crowd();

    private final JobMon real;
    private final @Nullable Origins origins;
    private final Crowd crowd;
    private final Map<String, Sweep<?, ?>> posted = new ConcurrentHashMap<>();
    private final Map<String, Integer> posts = new ConcurrentHashMap<>();
    private final JobMon jobmon;

    /** The crowd has been entered. Without origins the server has nothing but what comes through this connection. */
    TestConnection(JobMon real, @Nullable Origins origins, Crowd crowd) {
        this.real = real;
        this.origins = origins;
        this.crowd = crowd;
        this.jobmon = proxy(JobMon.class, (proxy, method, arguments) -> watched(call(real, method, arguments)));
    }

    /** Opens one; shared ones are on a server that has more on it. */
    static TestConnection open(JobMonOptions options, boolean shared) {
        CROWD.enter(shared);
        boolean opened = false;
        try {
            Origins origins = shared ? new Origins(TELLING_NANOS) : null;
            JobMon real = JobMon.connect(origins == null ? options : options.listener(origins));
            opened = true;
            return new TestConnection(real, origins, CROWD);
        } finally {
            if (!opened) {
                CROWD.leave();
            }
        }
    }

    JobMon jobmon() {
        return jobmon;
    }

    /** A sweep that a posting answers was posted; one that the connection itself answers was only taken up. */
    private @Nullable Object watched(@Nullable Object answer) {
        return answer instanceof Posting<?, ?> posting
                ? proxy(Posting.class, (proxy, method, arguments) -> recorded(call(posting, method, arguments)))
                : answer;
    }

    private @Nullable Object recorded(@Nullable Object answer) {
        if (answer instanceof Sweep<?, ?> sweep) {
            posts.merge(sweep.id(), 1, Integer::sum);
            posted.put(sweep.id(), sweep);
        }
        return watched(answer);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /**
     * Clears up, all that can be, whatever goes wrong; says what was left behind.
     *
     * @throws AssertionError if a sweep was left running
     */
    void close(Consumer<String> leaks) {
        Steps steps = new Steps();
        steps.take(() -> clear(steps, leaks));
        steps.take(real::close);
        steps.take(() -> crowd.leave().forEach(leaks));
        steps.end();
    }

    private void clear(Steps steps, Consumer<String> leaks) {
        Map<String, Sweep<?, ?>> own = own(leaks);
        List<String> running = new ArrayList<>();
        own.values().forEach(sweep -> steps.take(() -> stop(sweep, running)));
        steps.take(() -> report(running, leaks));
        if (origins != null) {
            own.values().forEach(sweep -> steps.take(() -> delete(sweep)));
            steps.take(() -> left(own.keySet()).forEach(leaks));
        }
    }

    private static void report(List<String> running, Consumer<String> leaks) {
        if (!running.isEmpty()) {
            running.forEach(sweep -> leaks.accept("sweep left running: " + sweep));
            throw new AssertionError("The test left sweeps running; let it await or cancel them: " + running);
        }
    }

    /** The sweeps that this connection made. */
    private Map<String, Sweep<?, ?>> own(Consumer<String> leaks) {
        Map<String, Sweep<?, ?>> own = new LinkedHashMap<>();
        posted.forEach((id, sweep) -> {
            Origin origin = origins == null ? Origin.MADE : origins.of(id, posts.getOrDefault(id, 0));
            if (origin == Origin.MADE) {
                own.put(id, sweep);
            } else if (origin == Origin.UNKNOWN) {
                leaks.accept("sweep " + id
                        + " stays on the server: it is not known whether it was there before the test; clean it.");
            }
        });
        return own;
    }

    private static void stop(Sweep<?, ?> sweep, List<String> running) {
        Progress progress;
        try {
            progress = sweep.progress();
        } catch (JobMonException e) {
            // Cleaned by the test itself, or Redis is gone with all it held.
            return;
        }
        if (progress.state() == SweepState.OPEN || progress.state() == SweepState.ADOPTING) {
            running.add(sweep + " (" + progress.done() + " done)");
            sweep.cancel();
        }
    }

    /** Also if the test has cleaned it: then there is nothing to delete. */
    private static void delete(Sweep<?, ?> sweep) {
        if (sweep instanceof SweepDetails details) {
            details.delete();
        }
    }

    /** What is still on the server of sweeps that were deleted. */
    private List<String> left(Set<String> deleted) {
        return deleted.isEmpty()
                ? List.of()
                : real.jobs().stream()
                        .flatMap(job -> job.sweeps().stream())
                        .map(JobStatus.SweepStatus::id)
                        .filter(deleted::contains)
                        .map(id -> "sweep " + id + " is still on the server, though it was deleted")
                        .toList();
    }
}

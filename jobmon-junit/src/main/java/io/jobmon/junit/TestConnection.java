package io.jobmon.junit;

import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.JobMonOptions;
import io.jobmon.Posting;
import io.jobmon.Progress;
import io.jobmon.Sweep;
import io.jobmon.SweepState;
import io.jobmon.spi.SweepDetails;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection that remembers which sweeps were posted through it. Thread safety: any number of threads. */
final class TestConnection {

    private static final long ENDING_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final String THREADS = "jobmon-";

    private final JobMon real;
    private final boolean shared;
    private final Map<String, Sweep<?, ?>> posted = new ConcurrentHashMap<>();
    private final Set<Thread> before = threads();
    private final JobMon jobmon;

    private TestConnection(JobMon real, boolean shared) {
        this.real = real;
        this.shared = shared;
        this.jobmon = proxy(JobMon.class, (proxy, method, arguments) -> recorded(call(real, method, arguments)));
    }

    /** Opens one; shared ones are on a server that has more on it. */
    static TestConnection open(JobMonOptions options, boolean shared) {
        return new TestConnection(JobMon.connect(options), shared);
    }

    JobMon jobmon() {
        return jobmon;
    }

    private @Nullable Object recorded(@Nullable Object answer) {
        if (answer instanceof Sweep<?, ?> sweep) {
            posted.put(sweep.id(), sweep);
        }
        if (answer instanceof Posting<?, ?> posting) {
            return proxy(Posting.class, (proxy, method, arguments) -> recorded(call(posting, method, arguments)));
        }
        return answer;
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
     * Clears up; what was left behind is in the answer.
     *
     * @throws AssertionError if a sweep was left running
     */
    List<String> close() {
        List<String> running = new ArrayList<>();
        for (Sweep<?, ?> sweep : posted.values()) {
            try {
                leftRunning(sweep, running);
            } catch (JobMonException e) {
                // Cleaned by the test itself, or Redis is gone with all it held.
                continue;
            }
            if (shared && sweep instanceof SweepDetails details) {
                details.delete();
            }
        }
        real.close();
        List<String> leaks = shared ? List.of() : lingering();
        if (!running.isEmpty()) {
            throw new AssertionError("The test left sweeps running; let it await or cancel them: " + running);
        }
        return leaks;
    }

    private static void leftRunning(Sweep<?, ?> sweep, List<String> running) {
        Progress progress = sweep.progress();
        if (progress.state() == SweepState.OPEN || progress.state() == SweepState.ADOPTING) {
            running.add(sweep + " (" + progress.done() + " done)");
            sweep.cancel();
        }
    }

    private static Set<Thread> threads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().startsWith(THREADS));
        return threads;
    }

    /** Threads that are there since this connection was opened; those of tests that run beside it are not told apart. */
    private List<String> lingering() {
        long end = System.nanoTime() + ENDING_NANOS;
        Set<Thread> left = threads();
        left.removeAll(before);
        for (Thread thread : left) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, end - System.nanoTime());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return List.of();
            }
        }
        left.removeIf(thread -> !thread.isAlive());
        return left.stream()
                .map(thread -> "thread " + thread.getName())
                .sorted()
                .toList();
    }
}

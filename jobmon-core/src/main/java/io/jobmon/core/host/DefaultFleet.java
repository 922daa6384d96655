package io.jobmon.core.host;

import io.jobmon.Bundle;
import io.jobmon.Fleet;
import io.jobmon.Host;
import io.jobmon.HostStatus;
import io.jobmon.JobMonException;
import io.jobmon.SyncProgress;
import io.jobmon.WorkerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Hosts, dealt with side by side.
 *
 * <p>Thread safety: any number of threads; one call at a time, others wait.
 */
final class DefaultFleet implements Fleet {

    private static final int LOG_LINES = 200;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** What a fleet is made of. */
    record Plan(
            String main,
            List<Host> hosts,
            Bundler bundler,
            Consumer<Host> before,
            Consumer<Host> after,
            Consumer<? super SyncProgress> progress,
            Duration idle,
            Duration grace) {}

    private final FleetContext context;
    private final Plan plan;
    private final SideBySide side = new SideBySide();
    private volatile boolean closed;

    DefaultFleet(FleetContext context, Plan plan) {
        this.context = context;
        this.plan = plan;
    }

    @Override
    public void sync(String... hosts) {
        bring(chosen(hosts), true);
    }

    @Override
    public void quickSync(String... hosts) {
        bring(chosen(hosts), false);
    }

    private synchronized void bring(List<Host> hosts, boolean withData) {
        SyncTally tally = new SyncTally(hosts.size(), plan.progress(), System::nanoTime);
        try {
            withBundle(
                    withData,
                    bundle -> side.each("sync", hosts, host -> {
                        plan.before().accept(host);
                        host.sync(bundle.watch(tally.of(host.name())));
                        plan.after().accept(host);
                        tally.done();
                        return host;
                    }));
        } finally {
            tally.end();
        }
    }

    private <T> T withBundle(boolean withData, Function<Bundle, T> use) {
        Path packed = null;
        try {
            packed = Files.createTempDirectory("jobmon-bundle-");
            return use.apply(plan.bundler().make(packed, withData));
        } catch (IOException | UncheckedIOException e) {
            throw new JobMonException("Cannot pack this program: " + e.getMessage(), e);
        } finally {
            if (packed != null) {
                remove(packed);
            }
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void launch(String... hosts) {
        List<Host> chosen = chosen(hosts);
        String bundle = withBundle(false, Bundle::id);
        String launch = STAMP.format(Instant.now())
                + "-%04x".formatted(ThreadLocalRandom.current().nextInt(0x10000));
        WorkerRequest request = new WorkerRequest(
                launch, bundle, plan.main(), context.redis(), context.namespace(), context.heartbeat(), plan.idle());
        Launching launching = new Launching(context.queue(), context.lease(), request);
        side.each("launch", chosen, host -> {
            launching.start(host);
            return host;
        });
    }

    @Override
    public synchronized void stop(String... hosts) {
        List<Host> chosen = chosen(hosts);
        Departure departure = new Departure(context, plan.grace());
        side.each("stop", chosen, host -> {
            departure.stop(host);
            return host;
        });
    }

    @Override
    public synchronized List<HostStatus> status() {
        return side.each("status", plan.hosts(), Host::status);
    }

    @Override
    public List<Host> hosts() {
        return plan.hosts();
    }

    @Override
    public synchronized List<String> logs(String host) {
        return side.each("logs", chosen(host), one -> one.logs(LOG_LINES)).get(0);
    }

    /** Bundles of a host that nobody needs, or why that cannot be told. */
    record Collected(String host, List<String> bundles, String wrong) {}

    /** What is old on each host; nothing if the fleet was closed. */
    synchronized List<Collected> collect(boolean remove) {
        return closed ? List.of() : side.each("gc", plan.hosts(), host -> collect(host, remove));
    }

    int keep() {
        return plan.bundler().keep();
    }

    private Collected collect(Host host, boolean remove) {
        try {
            return new Collected(host.name(), host.collect(keep(), remove), "");
        } catch (JobMonException e) {
            return new Collected(host.name(), List.of(), String.valueOf(e.getMessage()));
        }
    }

    private List<Host> chosen(String... names) {
        if (names.length == 0) {
            return plan.hosts();
        }
        Set<String> wanted = new TreeSet<>(Arrays.asList(names));
        List<Host> found = new ArrayList<>();
        for (Host host : plan.hosts()) {
            if (wanted.remove(host.name())) {
                found.add(host);
            }
        }
        if (!wanted.isEmpty()) {
            throw new JobMonException("This fleet has no host " + String.join(", ", wanted) + "; it has "
                    + plan.hosts().stream().map(Host::name).toList() + ".");
        }
        return found;
    }

    @Override
    public void close() {
        closed = true;
        plan.hosts().forEach(Host::close);
    }
}

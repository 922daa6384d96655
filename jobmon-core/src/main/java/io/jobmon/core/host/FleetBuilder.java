package io.jobmon.core.host;

import io.jobmon.CommandJob;
import io.jobmon.Fleet;
import io.jobmon.Host;
import io.jobmon.Job;
import io.jobmon.JobMonException;
import io.jobmon.SyncProgress;
import io.jobmon.spi.Project;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects what a fleet is made of. For one thread. */
public final class FleetBuilder implements Fleet.Builder {

    private final FleetContext context;
    private final Consumer<? super Fleet> made;
    private Consumer<? super SyncProgress> progress;
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final List<CommandJob<?>> jobs = new ArrayList<>();
    private final Map<String, Path> data = new LinkedHashMap<>();
    private @Nullable Class<?> main;
    private Consumer<Host> before = host -> {};
    private Consumer<Host> after = host -> {};
    private Duration idle = Duration.ofHours(1);
    private Duration grace = Duration.ofSeconds(10);
    private int keep = 3;
    private boolean listed;

    /**
     * Begins.
     *
     * @param context what fleets of one connection share
     * @param made told of each fleet, which is to be closed with the connection
     * @param progress told how far a sync is, unless the user has another
     */
    public FleetBuilder(FleetContext context, Consumer<? super Fleet> made, Consumer<? super SyncProgress> progress) {
        this.context = context;
        this.made = made;
        this.progress = progress;
    }

    @Override
    public Fleet.Builder main(Class<?> main) {
        try {
            if (!Modifier.isStatic(main.getMethod("main", String[].class).getModifiers())) {
                throw new NoSuchMethodException();
            }
        } catch (NoSuchMethodException e) {
            throw new JobMonException(
                    main.getName()
                            + " has no public static void main(String[]); give the class of your workers, whose main"
                            + " calls Worker.fromEnvironment().job(..).run().",
                    e);
        }
        this.main = main;
        return this;
    }

    @Override
    public Fleet.Builder job(Job<?, ?>... more) {
        for (Job<?, ?> job : more) {
            if (job instanceof CommandJob<?> command) {
                jobs.add(command);
            } else if (job == null) {
                throw new JobMonException("A job of the fleet is null; give one.");
            }
        }
        return this;
    }

    @Override
    public Fleet.Builder host(Host host) {
        if (host == null || host.name() == null || host.name().isBlank()) {
            throw new JobMonException("A host of the fleet is null or has no name; give one.");
        }
        if (hosts.putIfAbsent(host.name(), host) != null) {
            throw new JobMonException("There are two hosts of the name " + host.name()
                    + "; give one of them another name, and a work folder of its own if they are one machine.");
        }
        return this;
    }

    @Override
    public Fleet.Builder hosts(Path yaml) {
        if (yaml == null) {
            throw new JobMonException("The file of hosts is null; give one: Path.of(\"jobmon.yaml\").");
        }
        ProjectFile.hosts(yaml).forEach(this::host);
        return this;
    }

    /**
     * Adds the hosts and the command jobs that a file lists, with workers that run these jobs.
     *
     * @param yaml the file, {@code jobmon.yaml}
     * @return this
     * @throws JobMonException if it cannot be read or understood, or lists no host or no job
     */
    public Fleet.Builder project(Path yaml) {
        Project project = ProjectFile.read(yaml);
        if (project.hosts().isEmpty()) {
            throw ProjectFile.noHosts(yaml);
        }
        if (project.jobs().isEmpty()) {
            throw new JobMonException(yaml + " lists no jobs; " + JobEntries.EXAMPLE);
        }
        project.hosts().forEach(this::host);
        jobs.addAll(project.jobs().values());
        listed = true;
        return main(ProjectWorker.class);
    }

    @Override
    public Fleet.Builder data(Path local, String remote) {
        if (local == null || !Files.exists(local)) {
            throw new JobMonException("The data " + local + " are not there; give a file or folder on this machine.");
        }
        String target = remote == null ? "" : remote.replaceAll("/+", "/").replaceFirst("(?<=.)/$", "");
        if (target.isBlank()
                || target.equals("/")
                || List.of(target.split("/")).contains("..")
                || target.chars().anyMatch(Character::isISOControl)) {
            throw new JobMonException(
                    "Data cannot go to '" + remote
                            + "' on a host; give an absolute path, or one below the folder that workers start in, without '..'.");
        }
        if (data.putIfAbsent(target, local) != null) {
            throw new JobMonException("Two data go to " + target + " on a host; give one of them another path.");
        }
        return this;
    }

    @Override
    public Fleet.Builder beforeSync(Consumer<? super Host> action) {
        before = before.andThen(action);
        return this;
    }

    @Override
    public Fleet.Builder afterSync(Consumer<? super Host> action) {
        after = after.andThen(action);
        return this;
    }

    @Override
    public Fleet.Builder progress(Consumer<? super SyncProgress> listener) {
        progress = Objects.requireNonNull(listener, "listener");
        return this;
    }

    @Override
    public Fleet.Builder idle(Duration time) {
        if (time == null || time.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new JobMonException("idle is " + time + "; give at least a second.");
        }
        idle = time;
        return this;
    }

    @Override
    public Fleet.Builder grace(Duration time) {
        if (time == null || time.isNegative()) {
            throw new JobMonException("grace is " + time + "; give no negative time.");
        }
        grace = time;
        return this;
    }

    @Override
    public Fleet.Builder keep(int bundles) {
        if (bundles < 1) {
            throw new JobMonException("keep is " + bundles + "; give at least 1.");
        }
        keep = bundles;
        return this;
    }

    @Override
    public Fleet build() {
        if (main == null) {
            throw new JobMonException("The fleet has no main class; give main(MyWorker.class).");
        }
        if (hosts.isEmpty()) {
            throw new JobMonException("The fleet has no host; give one: host(LocalHost.slots(2)).");
        }
        Bundler bundler = new Bundler(System.getProperty("java.class.path"), jobs, data, keep, listed);
        Fleet fleet = new DefaultFleet(
                context,
                new DefaultFleet.Plan(
                        main.getName(), List.copyOf(hosts.values()), bundler, before, after, progress, idle, grace));
        made.accept(fleet);
        return fleet;
    }
}

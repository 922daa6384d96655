package io.jobmon.core;

import io.jobmon.CommandChannel;
import io.jobmon.CommandJob;
import io.jobmon.Experiment;
import io.jobmon.Host;
import io.jobmon.JobMon;
import io.jobmon.JobMonOptions;
import io.jobmon.ProgressListener;
import io.jobmon.Worker;
import io.jobmon.core.host.Hosts;
import io.jobmon.core.host.ProjectFile;
import io.jobmon.core.isolate.Commands;
import io.jobmon.core.local.LocalChannel;
import io.jobmon.core.local.LocalHeads;
import io.jobmon.core.watch.ConsoleBar;
import io.jobmon.spi.BatchSystem;
import io.jobmon.spi.Engine;
import io.jobmon.spi.Heads;
import io.jobmon.spi.HostSettings;
import io.jobmon.spi.Project;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The engine, as jobmon-api finds it. */
public final class CoreEngine implements Engine {

    /** Creates the engine; called by {@link java.util.ServiceLoader}. */
    public CoreEngine() {}

    @Override
    public JobMon open(JobMonOptions options) {
        return DefaultJobMon.open(options);
    }

    @Override
    public Worker.Builder workerFromEnvironment(Map<String, String> environment) {
        return Environment.worker(environment);
    }

    @Override
    public <R> R run(CommandJob<R> job, Map<String, Object> params, Experiment experiment) throws Exception {
        return Commands.run(job, params, experiment);
    }

    @Override
    public Host host(HostSettings settings, CommandChannel channel, @Nullable BatchSystem batch) {
        return Hosts.of(settings, channel, batch);
    }

    @Override
    public CommandChannel localChannel() {
        return new LocalChannel();
    }

    @Override
    public Project project(Path jobmonYaml) {
        return ProjectFile.read(jobmonYaml);
    }

    @Override
    public Heads heads() {
        return new LocalHeads(HeadMain.class);
    }

    @Override
    public ProgressListener consoleBar() {
        return ConsoleBar.create();
    }
}

package io.jobmon.spi;

import io.jobmon.CommandChannel;
import io.jobmon.CommandJob;
import io.jobmon.Experiment;
import io.jobmon.Host;
import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.JobMonOptions;
import io.jobmon.ProgressListener;
import io.jobmon.Worker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** What jobmon-core does for jobmon-api. Found by {@link ServiceLoader}. */
public interface Engine {

    /**
     * Finds the engine on the class path: with the API's class loader, then the thread's.
     *
     * @return the engine
     * @throws JobMonException if there is none, or more than one
     */
    static Engine find() {
        List<Engine> engines = load(Engine.class.getClassLoader());
        if (engines.isEmpty()) {
            engines = load(Thread.currentThread().getContextClassLoader());
        }
        if (engines.isEmpty()) {
            throw new JobMonException("JobMon's engine is not on the class path; add io.jobmon:jobmon-core"
                    + " (in a fat jar: merge META-INF/services).");
        }
        if (engines.size() > 1) {
            throw new JobMonException("There are two JobMon engines on the class path, in "
                    + engines.stream()
                            .map(engine -> String.valueOf(
                                    engine.getClass().getProtectionDomain().getCodeSource()))
                            .toList()
                    + "; leave one.");
        }
        return engines.get(0);
    }

    private static List<Engine> load(ClassLoader loader) {
        List<Engine> engines = new ArrayList<>();
        try {
            ServiceLoader.load(Engine.class, loader).forEach(engines::add);
        } catch (ServiceConfigurationError e) {
            throw new JobMonException(
                    "JobMon's engine cannot be loaded (" + Objects.toString(e.getMessage(), "")
                            + "); give jobmon-api and jobmon-core the same version.",
                    e);
        }
        return engines;
    }

    /**
     * Opens a connection.
     *
     * @param options where Redis is
     * @return the connection
     */
    JobMon open(JobMonOptions options);

    /**
     * Builds a worker.
     *
     * @param environment the variables that describe it
     * @return the builder
     */
    Worker.Builder workerFromEnvironment(Map<String, String> environment);

    /**
     * Makes a bar on the console.
     *
     * @return the listener
     */
    ProgressListener consoleBar();

    /**
     * A host, as far as it is the engine's to do.
     *
     * @param settings what the user has said of it
     * @param channel the way there; closed with the host
     * @param batch the scheduler that starts workers, or null if they are simply started
     * @return the host
     */
    Host host(HostSettings settings, CommandChannel channel, @Nullable BatchSystem batch);

    /**
     * The way to this machine.
     *
     * @return a channel
     */
    CommandChannel localChannel();

    /**
     * Runs a program as an experiment.
     *
     * @param job the program
     * @param params the parameters
     * @param experiment who this experiment is
     * @param <R> the outcome
     * @return the outcome
     * @throws Exception whatever went wrong
     */
    <R> R run(CommandJob<R> job, Map<String, Object> params, Experiment experiment) throws Exception;

    /**
     * Reads a jobmon.yaml.
     *
     * @param jobmonYaml the file
     * @return what it says
     * @throws JobMonException if it cannot be read or understood (the message has line and column), or others may write it
     */
    Project project(Path jobmonYaml);

    /**
     * Heads, which outlive the program that starts them.
     *
     * @return starts and ends them
     */
    Heads heads();
}

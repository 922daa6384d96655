package io.jobmon.spi;

import io.jobmon.Bundle;
import io.jobmon.CommandChannel;
import io.jobmon.Host;
import io.jobmon.HostCheck;
import io.jobmon.HostStatus;
import io.jobmon.JobMonException;
import io.jobmon.WorkerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What all hosts have that JobMon brings: settings, said with the same words, and a channel. What is done there is the
 * engine's.
 *
 * @param <H> the kind of host
 */
public abstract class ConfiguredHost<H extends ConfiguredHost<H>> implements Host {

    private final HostSettings settings;
    private @Nullable Host doing;

    /**
     * Keeps the settings.
     *
     * @param settings what the user has said
     */
    protected ConfiguredHost(HostSettings settings) {
        this.settings = settings;
    }

    /**
     * What the user has said.
     *
     * @return the settings
     */
    protected final HostSettings settings() {
        return settings;
    }

    /**
     * The same host with other settings.
     *
     * @param settings the settings
     * @return a copy
     */
    protected abstract H with(HostSettings settings);

    /**
     * The way to the machine. Asked once, when the host is first used; closed with the host.
     *
     * @return the channel, which need not be connected yet
     */
    protected abstract CommandChannel channel();

    /**
     * The batch scheduler that starts workers, if they are not simply started.
     *
     * @return the scheduler
     */
    protected Optional<BatchSystem> batch() {
        return Optional.empty();
    }

    /**
     * Adds tags: what the machine offers, see {@link io.jobmon.Posting#requires}.
     *
     * @param more the tags
     * @return a copy
     * @throws JobMonException if one is blank or holds a comma
     */
    public final H tags(String... more) {
        return with(settings.tags(more));
    }

    /**
     * Sets a variable of the workers' environment; {@code JOBMON_SYSLOG} is the server of {@link
     * io.jobmon.Worker.Builder#syslog}.
     *
     * @param variable its name
     * @param value its value
     * @return a copy
     * @throws JobMonException if the name is no name of a variable, or begins with JOBMON_ and is not JOBMON_SYSLOG
     */
    public final H environment(String variable, String value) {
        return with(settings.environment(variable, value));
    }

    /**
     * Says where Java is. Default: {@code JAVA_HOME} there, then {@code java} on the PATH there, both as the {@link #setup}
     * lines leave them.
     *
     * @param path an absolute path there, in which there is {@code bin/java}, version 17 or newer
     * @return a copy
     * @throws JobMonException if the path is not absolute
     */
    public final H javaHome(String path) {
        return with(settings.javaHome(path));
    }

    /**
     * Adds options of the workers' JVM, such as {@code "-Xmx8g"}.
     *
     * @param more the options
     * @return a copy
     * @throws JobMonException if one is no option or sets the class path
     */
    public final H jvmOptions(String... more) {
        return with(settings.jvmOptions(more));
    }

    /**
     * Says what a program of command jobs is there; the job's identity keeps the name.
     *
     * @param program its name, such as {@code python3}
     * @param path its absolute path there
     * @return a copy
     * @throws JobMonException if the name is not plain or the path not absolute
     */
    public final H program(String program, String path) {
        return with(settings.program(program, path));
    }

    /**
     * Adds shell lines that run there before Java is looked for and a worker starts, such as {@code module load java/17}. The
     * one place for shell.
     *
     * @param lines the lines
     * @return a copy
     * @throws JobMonException if one is null or holds a NUL
     */
    public final H setup(String... lines) {
        return with(settings.setup(lines));
    }

    private Host doing() {
        Host known = doing;
        if (known == null) {
            known = Engine.find().host(settings, channel(), batch().orElse(null));
            doing = known;
        }
        return known;
    }

    @Override
    public final String name() {
        return settings.name();
    }

    @Override
    public final HostCheck check() {
        return doing().check();
    }

    @Override
    public final HostCheck check(WorkerRequest request) {
        return doing().check(request);
    }

    @Override
    public final void sync(Bundle bundle) {
        doing().sync(bundle);
    }

    @Override
    public final List<String> collect(int keep, boolean remove) {
        return doing().collect(keep, remove);
    }

    @Override
    public final void launch(WorkerRequest request) {
        doing().launch(request);
    }

    @Override
    public final HostStatus status() {
        return doing().status();
    }

    @Override
    public final void stop(Duration grace) {
        doing().stop(grace);
    }

    @Override
    public final List<String> logs(int lines) {
        return doing().logs(lines);
    }

    @Override
    public final void close() {
        Host known = doing;
        doing = null;
        if (known != null) {
            known.close();
        }
    }

    /**
     * What was understood of the host.
     *
     * @return one line
     */
    @Override
    public String toString() {
        return settings.toString();
    }
}

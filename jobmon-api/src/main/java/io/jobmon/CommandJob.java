package io.jobmon;

import io.jobmon.spi.CommandSpec;
import io.jobmon.spi.Engine;
import io.jobmon.spi.SpecifiedCommand;
import io.jobmon.spi.TypedJob;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A program as a job, in whatever language: an argument vector, run without a shell, in a process group of its own.
 *
 * <pre>{@code
 * CommandJob<Map<String, Object>> job = CommandJob.of("epidemic", "python3", "epidemic.py", "--beta", "{beta}")
 *         .files(Path.of("epidemic.py"));
 * }</pre>
 *
 * <p><b>Parameters</b> may have any names. The program gets them in its arguments ({@code {beta}} stands for the value;
 * {@code {{} and {@code }}} are braces), in its environment ({@code JOBMON_PARAM_beta}, for names of letters, digits and
 * underscores), and as one JSON object on its standard input, which it need not read. Inside the script of {@code sh -c},
 * {@code python -c} or {@code perl -e} a placeholder is refused: use the environment there. {@code JOBMON_SEED},
 * {@code JOBMON_INDEX}, {@code JOBMON_REPLICATE}, {@code JOBMON_ATTEMPT} and {@code JOBMON_EXECUTION_ID} are set too.
 *
 * <p><b>Outcome</b>: by default standard output is one JSON object. An exit code other than 0 is a failure with the end of
 * standard error. A file {@code ground.json} that is left in the working folder is the ground truth.
 *
 * <p><b>Identity</b>: name, version, arguments, names and content of the files, environment, the type of the outcome and the
 * code of its function. The interpreter and what it loads besides are not covered: name their version with
 * {@link #version(String)} when they matter.
 *
 * <p>Thread safety: immutable; each method returns a copy.
 *
 * @param <R> the outcome
 * @since 0.1
 */
public final class CommandJob<R> implements Job<Map<String, Object>, R>, TypedJob, SpecifiedCommand<R> {

    private static final long DEFAULT_OUTPUT_LIMIT = 1 << 20;
    private static final long MAX_OUTPUT_LIMIT = 1 << 30;
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

    private final CommandSpec<R> spec;

    private CommandJob(CommandSpec<R> spec) {
        this.spec = spec;
    }

    /**
     * Makes a job of a program. Its standard output is to be one JSON object.
     *
     * @param name the job's name, at most 128 characters
     * @param argv the program (a path, or a name that is looked for on the worker's PATH) and its arguments
     * @return the job
     * @throws JobMonException if the name is blank, there is no program, or an argument is null or holds a NUL character
     */
    public static CommandJob<Map<String, Object>> of(String name, String... argv) {
        given(name, "The name of a command job");
        given(argv, "The argument vector of " + name);
        if (name.isBlank()) {
            throw new JobMonException("CommandJob.of: the name is blank; give the job a name.");
        }
        List<String> arguments = new ArrayList<>();
        for (String argument : argv) {
            arguments.add(text(argument, "An argument of " + name));
        }
        if (arguments.isEmpty() || arguments.get(0).isBlank()) {
            throw new JobMonException(
                    name + " has no program; give one: CommandJob.of(\"" + name + "\", \"python3\", \"simulate.py\").");
        }
        return new CommandJob<>(new CommandSpec<>(
                name, "", arguments, List.of(), Map.of(), DEFAULT_OUTPUT_LIMIT, Map.class, null, null));
    }

    private static <T> T given(@Nullable T value, String what) {
        if (value == null) {
            throw new JobMonException(what + " is null; give one.");
        }
        return value;
    }

    private static String text(@Nullable String value, String what) {
        String text = given(value, what);
        if (text.indexOf('\0') >= 0) {
            throw new JobMonException(what + " holds a NUL character, which no program can be given; leave it out.");
        }
        return text;
    }

    /**
     * Reads standard output as one JSON value.
     *
     * @param type the type of the value
     * @param <T> the type
     * @return a copy with this outcome
     * @throws JobMonException if the type is null
     */
    public <T> CommandJob<T> outcome(Class<T> type) {
        return withOutcome(given(type, "The outcome of " + spec.name()), null);
    }

    /**
     * Makes the outcome of what a program left that ended with exit code 0. The code of the function's class (of a lambda:
     * of the class it is written in) is part of the job's identity, unless there is a {@linkplain #version(String) version}.
     *
     * @param type the type of the outcome
     * @param function makes it; it must not capture variables unless the version covers them
     * @param <T> the type
     * @return a copy with this outcome
     * @throws JobMonException if an argument is null
     */
    public <T> CommandJob<T> outcome(Class<T> type, Function<? super CommandOutput, ? extends T> function) {
        given(type, "The outcome of " + spec.name());
        return withOutcome(type, given(function, "The function of " + spec.name()));
    }

    private <T> CommandJob<T> withOutcome(
            Class<T> type, @Nullable Function<? super CommandOutput, ? extends T> function) {
        return new CommandJob<>(new CommandSpec<>(
                spec.name(),
                spec.version(),
                spec.argv(),
                spec.files(),
                spec.environment(),
                spec.outputLimit(),
                type,
                function,
                spec.folder()));
    }

    /**
     * Adds files and folders that the program needs. They lie, read-only, in the program's working folder: a relative one
     * under its path, an absolute one under its last name. An argument that is such a path becomes the path of the worker's
     * copy. A worker that does not find a file at its path looks for its name in its own folder.
     *
     * @param more files and folders
     * @return a copy with these files too
     * @throws JobMonException if one is null
     */
    public CommandJob<R> files(Path... more) {
        List<Path> files = new ArrayList<>(spec.files());
        for (Path file : given(more, "The files of " + spec.name())) {
            files.add(given(file, "A file of " + spec.name()));
        }
        return with(spec.version(), files, spec.environment(), spec.outputLimit());
    }

    /**
     * Sets an environment variable of the program. Its value is part of the job's identity, but is not stored.
     *
     * @param name the variable
     * @param value its value
     * @return a copy with this variable too
     * @throws JobMonException if the name is not one of a variable, or begins with JOBMON_
     */
    public CommandJob<R> environment(String name, String value) {
        if (!given(name, "The name of a variable of " + spec.name()).matches(NAME)) {
            throw new JobMonException("'" + name + "' is no name of an environment variable; use letters, digits and"
                    + " underscores, and begin with no digit.");
        }
        if (name.toUpperCase(Locale.ROOT).startsWith("JOBMON_")) {
            throw new JobMonException(
                    name + " is one of the variables that JobMon sets itself; give it a name without JOBMON_.");
        }
        Map<String, String> environment = new TreeMap<>(spec.environment());
        environment.put(name, text(value, "The value of " + name));
        return with(spec.version(), spec.files(), environment, spec.outputLimit());
    }

    /**
     * Limits standard output. Default 1 MiB. An experiment whose program prints more has failed; the rest is read and
     * thrown away.
     *
     * @param bytes the most bytes, 1 to 1 GiB
     * @return a copy with this limit
     * @throws JobMonException if it is out of range
     */
    public CommandJob<R> outputLimit(long bytes) {
        if (bytes < 1 || bytes > MAX_OUTPUT_LIMIT) {
            throw new JobMonException("outputLimit is " + bytes + "; give 1 to " + MAX_OUTPUT_LIMIT + " bytes.");
        }
        return with(spec.version(), spec.files(), spec.environment(), bytes);
    }

    /**
     * Names what the identity does not see: the version of an interpreter or of a library, say. It also stands for the code
     * of the outcome's function.
     *
     * @param version the version
     * @return a copy with this version
     * @throws JobMonException if it is null
     */
    public CommandJob<R> version(String version) {
        given(version, "The version of " + spec.name());
        return with(version, spec.files(), spec.environment(), spec.outputLimit());
    }

    private CommandJob<R> with(String version, List<Path> files, Map<String, String> environment, long outputLimit) {
        return with(version, files, environment, outputLimit, spec.folder());
    }

    private CommandJob<R> with(
            String version,
            List<Path> files,
            Map<String, String> environment,
            long outputLimit,
            @Nullable Path folder) {
        return new CommandJob<>(new CommandSpec<>(
                spec.name(),
                version,
                spec.argv(),
                files,
                environment,
                outputLimit,
                spec.outcome(),
                spec.function(),
                folder));
    }

    /**
     * Runs the program.
     *
     * @param params the parameters
     * @param experiment who this experiment is
     * @return the outcome
     * @throws CommandException if the program cannot be started, or ends with an exit code other than 0
     * @throws InterruptedException if the thread was interrupted; the program has ended then
     * @throws Exception what the outcome's function throws, or if the output is not the outcome
     */
    @Override
    public R run(Map<String, Object> params, Experiment experiment) throws Exception {
        return Found.ENGINE.run(this, params, experiment);
    }

    /** Looked for once: it is needed for each experiment. */
    private static final class Found {
        static final Engine ENGINE = Engine.find();
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public String version() {
        return spec.version();
    }

    @Override
    public Type parameterType() {
        return Map.class;
    }

    @Override
    public Type outcomeType() {
        return spec.outcome();
    }

    @Override
    public Object code() {
        Function<?, ?> function = spec.function();
        return function == null ? this : function;
    }

    @Override
    public CommandSpec<R> spec() {
        return spec;
    }

    @Override
    public CommandJob<R> in(Path folder) {
        return with(
                spec.version(),
                spec.files(),
                spec.environment(),
                spec.outputLimit(),
                given(folder, "The folder of " + spec.name()));
    }

    @Override
    public String toString() {
        return spec.toString();
    }
}

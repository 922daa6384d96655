package io.jobmon.spi;

import io.jobmon.CommandJob;
import io.jobmon.CommandOutput;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link CommandJob} is made of. Thread safety: immutable.
 *
 * @param name the job's name
 * @param version the version, or empty
 * @param argv the program and its arguments, as the user gave them
 * @param files files and folders that the program needs, as the user gave them
 * @param environment variables for the program
 * @param outputLimit the most bytes of standard output
 * @param outcome the type of the outcome
 * @param function makes the outcome; null: standard output is the outcome as JSON
 * @param folder where relative paths of files begin; null: in the program's folder
 * @param <R> the outcome
 */
public record CommandSpec<R>(
        String name,
        String version,
        List<String> argv,
        List<Path> files,
        Map<String, String> environment,
        long outputLimit,
        Type outcome,
        @Nullable Function<? super CommandOutput, ? extends R> function,
        @Nullable Path folder) {

    /**
     * Copies lists and maps.
     *
     * @param name the job's name
     * @param version the version, or empty
     * @param argv the program and its arguments
     * @param files files and folders
     * @param environment variables for the program
     * @param outputLimit the most bytes of standard output
     * @param outcome the type of the outcome
     * @param function makes the outcome, or null
     * @param folder where relative paths of files begin, or null
     */
    public CommandSpec {
        argv = List.copyOf(argv);
        files = List.copyOf(files);
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    }

    /**
     * The parts of a command job.
     *
     * @param job the job
     * @param <R> the outcome
     * @return the parts
     */
    public static <R> CommandSpec<R> of(CommandJob<R> job) {
        return ((SpecifiedCommand<R>) job).spec();
    }

    /** Without the values of environment variables. */
    @Override
    public String toString() {
        return name + " " + argv;
    }
}

package io.jobmon.spi;

import io.jobmon.JobMonException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a worker sets up the JVMs that it forks. It is the worker's own: nothing of it comes from Redis.
 *
 * <p>Thread safety: immutable; the methods return copies.
 *
 * @param jvmOptions the options, in their order
 * @param environment variables to set
 */
public record ChildSettings(List<String> jvmOptions, Map<String, String> environment) {

    /** No options, no variables. */
    public static final ChildSettings NONE = new ChildSettings(List.of(), Map.of());

    /**
     * Copies both.
     *
     * @param jvmOptions the options, in their order
     * @param environment variables to set
     */
    public ChildSettings {
        jvmOptions = List.copyOf(jvmOptions);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /**
     * Adds options.
     *
     * @param more the options
     * @return a copy
     * @throws JobMonException if one is null, blank, does not begin with a dash, or sets the heap's limit or the class path
     */
    public ChildSettings jvmOptions(String... more) {
        List<String> all = new ArrayList<>(jvmOptions);
        for (String option : more) {
            if (option == null || !option.startsWith("-") || option.isBlank()) {
                throw new JobMonException(
                        "childJvmOptions: '" + option + "' is no option of a JVM; give such as \"-ea\".");
            }
            if (option.startsWith("-Xmx") || option.startsWith("-XX:MaxHeapSize")) {
                throw new JobMonException("childJvmOptions: " + option
                        + " sets the heap's limit; it is posted with Isolation.PROCESS.maxHeap(..).");
            }
            if (option.equals("-cp")
                    || option.startsWith("-classpath")
                    || option.startsWith("--class-path")
                    || option.equals("-jar")) {
                throw new JobMonException("childJvmOptions: " + option
                        + " sets the class path; a child has that of its worker, so that it runs the same code.");
            }
            all.add(option);
        }
        return new ChildSettings(all, environment);
    }

    /**
     * Sets a variable.
     *
     * @param name the variable
     * @param value its value
     * @return a copy
     * @throws JobMonException if the name is null, blank, holds '=' or begins with JOBMON_, or the value is null
     */
    public ChildSettings environment(String name, String value) {
        if (name == null || name.isBlank() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
            throw new JobMonException("childEnvironment: '" + name + "' is no name of a variable.");
        }
        if (name.toUpperCase(Locale.ROOT).startsWith("JOBMON_")) {
            throw new JobMonException("childEnvironment: " + name + " is JobMon's own; choose another name.");
        }
        if (value == null || value.indexOf('\0') >= 0) {
            throw new JobMonException("childEnvironment: the value of " + name + " is null or holds the character 0.");
        }
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put(name, value);
        return new ChildSettings(jvmOptions, all);
    }

    /** Shows names only: a value may be a secret. */
    @Override
    public String toString() {
        return jvmOptions.size() + " options, variables " + environment.keySet();
    }
}

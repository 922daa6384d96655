package io.jobmon.spi;

import io.jobmon.JobMonException;
import io.jobmon.JobMonOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a user says of a host, checked when it is said. Every method that changes it returns a copy.
 *
 * <p>Thread safety: immutable.
 *
 * @param name what it is called in the fleet
 * @param slots how many experiments a worker runs at once, 0: one per core of the machine
 * @param workdir the work folder, absolute or below the home folder
 * @param tags what it offers
 * @param environment variables of its workers
 * @param javaHome where Java is, if not found by itself
 * @param jvmOptions options of the workers' JVM
 * @param programs a program's name to its path there
 * @param setup shell lines before a worker starts
 */
public record HostSettings(
        String name,
        int slots,
        String workdir,
        Set<String> tags,
        Map<String, String> environment,
        Optional<String> javaHome,
        List<String> jvmOptions,
        Map<String, String> programs,
        List<String> setup) {

    /** Where a host keeps what is brought there, if nothing is said. */
    public static final String WORKDIR = "jobmon";

    /** The one variable of JobMon's that is the user's. */
    private static final String SYSLOG = "JOBMON_SYSLOG";

    private static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_]*";
    private static final int LONGEST_NAME = 255;

    /**
     * Copies the collections.
     *
     * @param name what it is called in the fleet
     * @param slots how many experiments a worker runs at once
     * @param workdir the work folder
     * @param tags what it offers
     * @param environment variables of its workers
     * @param javaHome where Java is
     * @param jvmOptions options of the workers' JVM
     * @param programs a program's name to its path there
     * @param setup shell lines before a worker starts
     */
    public HostSettings {
        tags = Collections.unmodifiableSet(new TreeSet<>(tags));
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        jvmOptions = List.copyOf(jvmOptions);
        programs = Collections.unmodifiableMap(new TreeMap<>(programs));
        setup = List.copyOf(setup);
    }

    /**
     * A host with defaults.
     *
     * @param name what it is called in the fleet
     * @return the settings
     * @throws JobMonException if the name is blank, too long or not one line
     */
    public static HostSettings of(String name) {
        return new HostSettings(
                checkedName(name), 0, WORKDIR, Set.of(), Map.of(), Optional.empty(), List.of(), Map.of(), List.of());
    }

    private static String checkedName(String name) {
        String line = line(name, "The name of a host");
        if (line.length() > LONGEST_NAME || line.startsWith("-")) {
            throw new JobMonException("'" + line + "' is no name for a host: give at most " + LONGEST_NAME
                    + " characters, and do not begin with a dash.");
        }
        return line;
    }

    private static String line(String text, String what) {
        if (text == null || text.isBlank()) {
            throw new JobMonException(what + " is missing; give one.");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new JobMonException(what + " holds a control character or a line break; leave it out.");
        }
        return text;
    }

    /**
     * Sets the name.
     *
     * @param value the name
     * @return a copy
     */
    public HostSettings name(String value) {
        return new HostSettings(
                checkedName(value), slots, workdir, tags, environment, javaHome, jvmOptions, programs, setup);
    }

    /**
     * Sets the number of slots.
     *
     * @param number from 1 to {@value JobMonOptions#MAX_SLOTS}
     * @return a copy
     */
    public HostSettings slots(int number) {
        if (number < 1 || number > JobMonOptions.MAX_SLOTS) {
            throw new JobMonException(
                    "slots of " + name + " is " + number + "; give 1 to " + JobMonOptions.MAX_SLOTS + ".");
        }
        return new HostSettings(name, number, workdir, tags, environment, javaHome, jvmOptions, programs, setup);
    }

    /**
     * Sets the work folder.
     *
     * @param path absolute, or below the home folder
     * @return a copy
     */
    public HostSettings workdir(String path) {
        String folder = line(path, "The work folder of " + name).replaceAll("/+", "/");
        if (folder.length() > 1 && folder.endsWith("/")) {
            folder = folder.substring(0, folder.length() - 1);
        }
        if (folder.equals("/") || List.of(folder.split("/")).contains("..") || folder.equals(".")) {
            throw new JobMonException("The work folder of " + name + " is '" + path
                    + "'; give a folder of its own, absolute or below the home folder, without '..'.");
        }
        if (folder.startsWith("~/")) {
            folder = folder.substring(2);
        } else if (folder.startsWith("~")) {
            throw new JobMonException("The work folder of " + name + " is '" + path
                    + "'; give an absolute path, or one below your own home folder.");
        }
        return new HostSettings(name, slots, folder, tags, environment, javaHome, jvmOptions, programs, setup);
    }

    /**
     * Adds tags.
     *
     * @param more the tags
     * @return a copy
     */
    public HostSettings tags(String... more) {
        Set<String> all = new TreeSet<>(tags);
        for (String tag : more) {
            if (line(tag, "A tag of " + name).contains(",")) {
                throw new JobMonException("The tag '" + tag + "' of " + name + " holds a comma; give two tags.");
            }
            all.add(tag);
        }
        return new HostSettings(name, slots, workdir, all, environment, javaHome, jvmOptions, programs, setup);
    }

    /**
     * Sets a variable of the workers' environment.
     *
     * @param variable its name
     * @param value its value
     * @return a copy
     */
    public HostSettings environment(String variable, String value) {
        if (variable == null || !variable.matches(VARIABLE)) {
            throw new JobMonException(
                    "'" + variable + "' is no name of an environment variable; use letters, digits and"
                            + " underscores, and begin with no digit.");
        }
        if (variable.toUpperCase(Locale.ROOT).startsWith("JOBMON_") && !variable.equals(SYSLOG)) {
            throw new JobMonException(
                    variable + " is one of the variables that JobMon sets itself; give it a name without JOBMON_, or "
                            + SYSLOG + ".");
        }
        if (value == null || value.indexOf('\0') >= 0) {
            throw new JobMonException("The value of " + variable + " is null or holds a NUL; give a text.");
        }
        Map<String, String> all = new TreeMap<>(environment);
        all.put(variable, value);
        return new HostSettings(name, slots, workdir, tags, all, javaHome, jvmOptions, programs, setup);
    }

    /**
     * Says where Java is.
     *
     * @param path an absolute path, in which there is {@code bin/java}
     * @return a copy
     */
    public HostSettings javaHome(String path) {
        String home = absolute(path, "The Java home of " + name);
        return new HostSettings(
                name, slots, workdir, tags, environment, Optional.of(home), jvmOptions, programs, setup);
    }

    private static String absolute(String path, String what) {
        if (!line(path, what).startsWith("/")) {
            throw new JobMonException(what + " is '" + path + "'; give an absolute path.");
        }
        return path;
    }

    /**
     * Adds options of the workers' JVM.
     *
     * @param more the options
     * @return a copy
     */
    public HostSettings jvmOptions(String... more) {
        List<String> all = new ArrayList<>(jvmOptions);
        for (String option : more) {
            if (!line(option, "A JVM option of " + name).startsWith("-")) {
                throw new JobMonException("'" + option + "' is no option of a JVM; give such as \"-Xmx8g\".");
            }
            if (List.of("-cp", "-classpath", "--class-path", "-jar").contains(option)
                    || option.startsWith("--class-path=")) {
                throw new JobMonException(option + " sets the class path, which Fleet.sync brings; leave it out.");
            }
            all.add(option);
        }
        return new HostSettings(name, slots, workdir, tags, environment, javaHome, all, programs, setup);
    }

    /**
     * Says what a program is there.
     *
     * @param program its name in command jobs
     * @param path its absolute path there
     * @return a copy
     */
    public HostSettings program(String program, String path) {
        String plain = line(program, "The name of a program of " + name);
        if (plain.contains("/") || plain.contains("=") || plain.startsWith("-")) {
            throw new JobMonException("'" + program + "' is no plain name of a program; give such as \"python3\".");
        }
        Map<String, String> all = new TreeMap<>(programs);
        all.put(plain, absolute(path, "The path of " + plain + " on " + name));
        return new HostSettings(name, slots, workdir, tags, environment, javaHome, jvmOptions, all, setup);
    }

    /**
     * Adds shell lines that run before a worker starts.
     *
     * @param lines such as {@code module load java/17}
     * @return a copy
     */
    public HostSettings setup(String... lines) {
        List<String> all = new ArrayList<>(setup);
        for (String shell : lines) {
            if (shell == null || shell.indexOf('\0') >= 0) {
                throw new JobMonException("A setup line of " + name + " is null or holds a NUL; give a text.");
            }
            all.add(shell);
        }
        return new HostSettings(name, slots, workdir, tags, environment, javaHome, jvmOptions, programs, all);
    }

    /**
     * Gives a host these settings in place of its own.
     *
     * @param host the host
     * @param <H> its kind
     * @return a copy of it
     */
    public <H extends ConfiguredHost<H>> H on(ConfiguredHost<H> host) {
        return host.with(this);
    }

    /** Names what differs from the defaults; values of variables may be secrets. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name)
                .append(": ")
                .append(slots == 0 ? "a slot per core" : slots + (slots == 1 ? " slot" : " slots"))
                .append(", folder ")
                .append(workdir);
        if (!tags.isEmpty()) {
            text.append(", tags ").append(String.join(",", tags));
        }
        if (!environment.isEmpty()) {
            text.append(", sets ").append(String.join(" ", environment.keySet()));
        }
        javaHome.ifPresent(home -> text.append(", Java in ").append(home));
        if (!jvmOptions.isEmpty()) {
            text.append(", JVM options ").append(String.join(" ", jvmOptions));
        }
        programs.forEach((program, path) ->
                text.append(", ").append(program).append(" is ").append(path));
        if (!setup.isEmpty()) {
            text.append(", ").append(setup.size()).append(" setup lines");
        }
        return text.toString();
    }
}

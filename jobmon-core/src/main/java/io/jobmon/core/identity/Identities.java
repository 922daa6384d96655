package io.jobmon.core.identity;

import io.jobmon.CommandJob;
import io.jobmon.Job;
import io.jobmon.JobMonException;
import io.jobmon.spi.CommandSpec;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a job is: its name, its code and its configuration.
 *
 * <p>The code is every class that is reached by name from the job's class (of {@link Job#of}: from the class its function is
 * written in), wherever it lies on the class path, except those of the JDK, SLF4J and JobMon. What counts is what the classes
 * do: debug information, comments and the names of locals change nothing, an edit three calls deep does, and a folder, a jar
 * and a fat jar give one hash. A class that is named but not there counts as missing.
 *
 * <p>A class that is reached by reflection alone ({@code Class.forName}, {@code ServiceLoader}) is not seen, nor is a native
 * library or a resource. To include such a class, name it by its literal ({@code Solver.class}) anywhere in the job's code, or
 * return its version from {@code configuration()}; to include a file, use {@code Posting.input}. Functions of {@link Job#of}
 * that are written in one class are told apart by their names alone.
 *
 * <p>Thread safety: stateless but for caches that are safe. A job's code is read at its first use in a JVM.
 */
public final class Identities {

    private static final String SCHEME = "jobmon identity 1";
    private static final int HEX_DIGITS = 40;
    private static final int MAX_NAME = 128;

    /** Looked for once: a class that is loaded does not change with its file. */
    private static final ClassValue<String> SOURCES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return Sources.of(type, Path.of("").toAbsolutePath());
        }
    };

    private Identities() {}

    /**
     * Identifies a job.
     *
     * @param job the job
     * @return its identity, without input files
     * @throws JobMonException if the job does not tell its types, has state without a configuration, has a blank or too long
     *     name, or if its code or its configuration cannot be read; the message says what to do
     */
    public static JobIdentity of(Job<?, ?> job) {
        JobTypes types = JobTypes.of(job);
        String name = name(job);
        String version = version(job, name);
        if (job instanceof CommandJob<?> command) {
            return of(command, types, version);
        }
        Configuration configuration = Configuration.of(job, name, !version.isEmpty());
        String code = version.isEmpty() ? CodeDigest.of(Origin.of(job), types.classes(), name) : version;
        String kind = version.isEmpty() ? "code" : "version";
        String base = hash(SCHEME, name, kind, code, configuration.json(), configuration.types());
        return new JobIdentity(name, base, base, types.parameters(), types.outcome(), configuration.json());
    }

    private static JobIdentity of(CommandJob<?> job, JobTypes types, String version) {
        CommandSpec<?> spec = CommandSpec.of(job);
        CommandForm form = CommandForm.of(spec);
        if (version.isEmpty() && spec.function() != null) {
            State.refuseCaptured(spec.function().getClass(), spec.name(), "the CommandJob");
        }
        String code = version.isEmpty() ? CodeDigest.of(Origin.of(job), types.classes(), spec.name()) : version;
        String kind = version.isEmpty() ? "command" : "versioned command";
        String base = hash(SCHEME, spec.name(), kind, code, form.configuration(), CommandForm.environment(spec));
        return new JobIdentity(spec.name(), base, base, types.parameters(), types.outcome(), form.configuration());
    }

    /**
     * Adds input files to an identity.
     *
     * @param base the identity
     * @param sha256ByPath the files' digests, as {@link #digests} gives them
     * @return the identity with a hash that covers the files; without files, a hash equal to the base
     */
    public static JobIdentity withInputs(JobIdentity base, Map<String, String> sha256ByPath) {
        String hash = base.base();
        if (!sha256ByPath.isEmpty()) {
            List<@Nullable String> parts = new ArrayList<>(List.of(SCHEME, "inputs", base.base()));
            new TreeMap<>(sha256ByPath).forEach((path, sha256) -> {
                parts.add(path);
                parts.add(sha256);
            });
            hash = hash(parts);
        }
        Type parameters = base.parameterType();
        return new JobIdentity(base.name(), base.base(), hash, parameters, base.outcomeType(), base.configuration());
    }

    /**
     * Digests files.
     *
     * @param files the files
     * @return each file's path as it was given, with slashes, mapped to 64 hex digits of SHA-256, in order of the paths
     * @throws JobMonException if a file cannot be read
     */
    public static Map<String, String> digests(List<Path> files) {
        SortedMap<String, String> digests = new TreeMap<>();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new JobMonException("The input " + file + " is not a file"
                        + (Files.isDirectory(file) ? " but a folder; name its files." : "; correct its path."));
            }
            try {
                String path = file.toString().replace(file.getFileSystem().getSeparator(), "/");
                digests.put(path, Fingerprint.of(file));
            } catch (IOException e) {
                throw new JobMonException("The input " + file + " cannot be read (" + e + ").", e);
            }
        }
        return digests;
    }

    /**
     * Finds the source text of a job's class: on the class path, or in the project's source folders. Of a command job, its
     * arguments and the text of its files.
     *
     * @param job the job
     * @return the text, at most 256 KiB in UTF-8; empty if it is not found or larger
     */
    public static String source(Job<?, ?> job) {
        if (job instanceof CommandJob<?> command) {
            // A character takes up to 3 bytes.
            CommandSpec<?> spec = CommandSpec.of(command);
            return CommandForm.of(spec).source(spec, Sources.LIMIT / 3);
        }
        return SOURCES.get(Origin.of(job));
    }

    /**
     * Asks git for the state of the working directory's checkout, once per JVM, in the background.
     *
     * @return the answer, within 2 s; not known if there is no git or no checkout
     */
    public static CompletableFuture<GitState> git() {
        return Git.here();
    }

    /**
     * The type of a job's parameters, without looking at its code.
     *
     * @param job the job
     * @return P
     * @throws JobMonException if it cannot be told
     */
    public static Type parameterType(Job<?, ?> job) {
        return JobTypes.of(job).parameters();
    }

    /**
     * The type of a job's outcome, without looking at its code.
     *
     * @param job the job
     * @return R
     * @throws JobMonException if it cannot be told
     */
    public static Type outcomeType(Job<?, ?> job) {
        return JobTypes.of(job).outcome();
    }

    /**
     * The class files that a job's identity was told from.
     *
     * @param job the job, looked at before
     * @return the files; none if a version stands for the code
     */
    public static ClassFiles classFiles(Job<?, ?> job) {
        String name = name(job);
        if (!version(job, name).isEmpty()) {
            return ClassFiles.NONE;
        }
        return CodeDigest.files(Origin.of(job), JobTypes.of(job).classes(), name);
    }

    private static String name(Job<?, ?> job) {
        return name(told(job, "name()", job::name), job.getClass().getName());
    }

    static String name(String name, String type) {
        if (name.isBlank()) {
            throw new JobMonException(type + " has a blank name; override name() to give it one.");
        }
        if (name.codePointCount(0, name.length()) > MAX_NAME) {
            throw new JobMonException("The job's name has " + name.codePointCount(0, name.length())
                    + " characters (\"" + name.substring(0, name.offsetByCodePoints(0, MAX_NAME / 4))
                    + "...\"); the limit is " + MAX_NAME + ".");
        }
        return name;
    }

    private static String version(Job<?, ?> job, String name) {
        return told(job, name + ": version()", job::version);
    }

    private interface Telling {
        @Nullable
        String tell();
    }

    private static String told(Job<?, ?> job, String what, Telling telling) {
        String text;
        try {
            text = telling.tell();
        } catch (RuntimeException | StackOverflowError e) {
            throw new JobMonException(
                    job.getClass().getName() + ": " + what + " throws " + e + "; it must return a text at any time.",
                    e);
        }
        if (text == null) {
            throw new JobMonException(job.getClass().getName() + ": " + what + " is null; return a text instead.");
        }
        if (!isUnicode(text)) {
            throw new JobMonException(job.getClass().getName() + ": " + what
                    + " holds half a character (an unpaired surrogate); return whole ones.");
        }
        return text;
    }

    private static boolean isUnicode(String text) {
        return text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    private static String hash(@Nullable String... parts) {
        return hash(Arrays.asList(parts));
    }

    private static String hash(List<@Nullable String> parts) {
        return Fingerprint.of(parts).substring(0, HEX_DIGITS);
    }
}

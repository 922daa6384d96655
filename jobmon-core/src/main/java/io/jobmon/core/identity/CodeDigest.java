package io.jobmon.core.identity;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The digest of all user classes that are reached by name from a job's. Each class is read once per class loader, each job
 * walked once.
 *
 * <p>Thread safety: stateless but for caches that are safe.
 */
final class CodeDigest {

    private static final ClassForm.Digest MISSING = new ClassForm.Digest(new byte[0], List.of(), 0);

    private static final Map<ClassLoader, Map<String, ClassForm.Digest>> CLASSES =
            Collections.synchronizedMap(new WeakHashMap<>());

    private static final ClassValue<Map<Set<Class<?>>, String>> JOBS = new ClassValue<>() {
        @Override
        protected Map<Set<Class<?>>, String> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private final ClassLoader loader;
    private final Map<String, ClassForm.Digest> known;

    private CodeDigest(ClassLoader loader) {
        this.loader = loader;
        known = CLASSES.computeIfAbsent(loader, unused -> new ConcurrentHashMap<>());
    }

    /**
     * Digests a job's code.
     *
     * @param origin the class where the code begins
     * @param types the classes of the parameters and the outcome
     * @param job the job's name, for messages
     * @return 64 hex digits
     * @throws JobMonException if the class file of origin is not to be had, or a class file cannot be understood
     */
    static String of(Class<?> origin, Set<Class<?>> types, String job) {
        Map<Set<Class<?>>, String> digests = JOBS.get(origin);
        String digest = digests.get(types);
        if (digest == null) {
            digest = compute(origin, types, job);
            digests.put(Set.copyOf(types), digest);
        }
        return digest;
    }

    /** The names (with slashes) of the classes that count, mapped to whether their class files were found. */
    static SortedMap<String, Boolean> reached(Class<?> origin, Set<Class<?>> types, String job) {
        SortedMap<String, Boolean> result = new TreeMap<>();
        new CodeDigest(loaderOf(origin))
                .walk(origin, types, job)
                .forEach((name, digest) -> result.put(name, digest != MISSING));
        return result;
    }

    /** The class files behind a digest. */
    static ClassFiles files(Class<?> origin, Set<Class<?>> types, String job) {
        SortedMap<String, Long> checksums = new TreeMap<>();
        new CodeDigest(loaderOf(origin)).walk(origin, types, job).forEach((name, digest) -> {
            if (digest != MISSING) {
                checksums.put(name, digest.checksum());
            }
        });
        return ClassFiles.of(checksums);
    }

    private static String compute(Class<?> origin, Set<Class<?>> types, String job) {
        List<@Nullable String> parts = new ArrayList<>();
        parts.add(origin.getName());
        parts.addAll(types.stream().map(Class::getName).collect(Collectors.toCollection(TreeSet::new)));
        new CodeDigest(loaderOf(origin)).walk(origin, types, job).forEach((name, digest) -> {
            parts.add(name);
            parts.add(digest == MISSING ? null : HexFormat.of().formatHex(digest.sha256()));
        });
        return Fingerprint.of(parts);
    }

    private static ClassLoader loaderOf(Class<?> origin) {
        ClassLoader loader = origin.getClassLoader();
        return loader == null ? ClassLoader.getPlatformClassLoader() : loader;
    }

    private SortedMap<String, ClassForm.Digest> walk(Class<?> origin, Set<Class<?>> types, String job) {
        SortedMap<String, ClassForm.Digest> reached = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>();
        String first = internalName(origin);
        open(first, reached, open);
        for (Class<?> type : types) {
            open(internalName(type), reached, open);
        }
        while (!open.isEmpty()) {
            String name = open.remove();
            ClassForm.Digest digest = digest(name, job);
            if (digest == MISSING && name.equals(first)) {
                throw new JobMonException(job + ": the class file of " + origin.getName()
                        + " is not on the class path (was it made at run time?), so its code cannot be told from"
                        + " other code; override version() to name it.");
            }
            reached.put(name, digest);
            for (String reference : digest.references()) {
                open(reference, reached, open);
            }
        }
        return reached;
    }

    private static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private static void open(String name, Map<String, ClassForm.Digest> reached, Collection<String> open) {
        if (!Territory.foreign(name) && reached.putIfAbsent(name, MISSING) == null) {
            open.add(name);
        }
    }

    private ClassForm.Digest digest(String name, String job) {
        ClassForm.Digest digest = known.get(name);
        if (digest == null) {
            digest = read(name, job);
            known.put(name, digest);
        }
        return digest;
    }

    private ClassForm.Digest read(String name, String job) {
        byte[] file;
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            if (in == null) {
                return MISSING;
            }
            file = in.readAllBytes();
        } catch (IOException e) {
            throw new JobMonException(
                    job + ": the class file of " + name.replace('/', '.') + " cannot be read (" + e.getMessage()
                            + "); build the program again.",
                    e);
        }
        try {
            return ClassForm.of(file);
        } catch (RuntimeException e) {
            // ASM throws whatever it stumbles over.
            throw new JobMonException(
                    job + ": the class file of " + name.replace('/', '.') + " cannot be understood (" + e.getMessage()
                            + "; class files up to Java 25 can); compile it for an older Java, or override version().",
                    e);
        }
    }
}

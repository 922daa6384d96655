package io.jobmon.core.identity;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/** Finds the source text of a class: on the class path, else in the source folders of the project it was built in. */
final class Sources {

    static final int LIMIT = 256 << 10;

    private static final int LEVELS = 4;
    private static final List<String> MAIN = List.of("src/main/java", "src/main/kotlin", "src");
    private static final List<String> TEST = List.of("src/test/java", "src/test/kotlin", "test");

    private Sources() {}

    /**
     * Finds a class's source.
     *
     * @param type the class
     * @param workingDirectory where to look when the class's own project does not have it
     * @return the text; empty if it is not found or larger than 256 KiB
     */
    static String of(Class<?> type, Path workingDirectory) {
        Class<?> outermost = Origin.outermost(type);
        String folder = outermost.getPackageName().replace('.', '/');
        String file = (folder.isEmpty() ? "" : folder + "/") + fileName(outermost);
        try {
            String text = resource(outermost, file);
            return text != null ? text : inProject(outermost, file, workingDirectory);
        } catch (IOException | InvalidPathException e) {
            return "";
        }
    }

    private static String fileName(Class<?> outermost) {
        String[] named = {outermost.getSimpleName() + ".java"};
        try (InputStream in = open(outermost, outermost.getName().replace('.', '/') + ".class")) {
            if (in != null) {
                ClassVisitor visitor = new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public void visitSource(@Nullable String source, @Nullable String debug) {
                        if (source != null && source.indexOf('/') < 0 && source.indexOf('\\') < 0) {
                            named[0] = source;
                        }
                    }
                };
                new ClassReader(in).accept(visitor, ClassReader.SKIP_CODE);
            }
        } catch (IOException | RuntimeException e) {
            return named[0];
        }
        return named[0];
    }

    private static @Nullable InputStream open(Class<?> type, String resource) {
        ClassLoader loader = type.getClassLoader();
        return loader == null ? null : loader.getResourceAsStream(resource);
    }

    private static @Nullable String resource(Class<?> type, String file) throws IOException {
        try (InputStream in = open(type, file)) {
            return in == null ? null : text(in);
        }
    }

    private static String inProject(Class<?> type, String file, Path workingDirectory) throws IOException {
        List<Path> projects = new ArrayList<>();
        boolean test = false;
        Path location = location(type);
        if (location != null) {
            test = location.toString().contains("test");
            Path project = location.getParent();
            for (int i = 0; i < LEVELS && project != null; i++) {
                projects.add(project);
                project = project.getParent();
            }
        }
        projects.add(workingDirectory);
        List<String> folders = new ArrayList<>(test ? TEST : MAIN);
        folders.addAll(test ? MAIN : TEST);
        for (Path project : projects) {
            for (String folder : folders) {
                Path candidate = project.resolve(folder).resolve(file);
                if (Files.isRegularFile(candidate)) {
                    try (InputStream in = Files.newInputStream(candidate)) {
                        return text(in);
                    }
                }
            }
        }
        return "";
    }

    private static @Nullable Path location(Class<?> type) {
        try {
            CodeSource source = type.getProtectionDomain().getCodeSource();
            return source == null || source.getLocation() == null
                    ? null
                    : Path.of(source.getLocation().toURI()).toAbsolutePath();
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return null;
        }
    }

    private static String text(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LIMIT + 1);
        return bytes.length > LIMIT ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}

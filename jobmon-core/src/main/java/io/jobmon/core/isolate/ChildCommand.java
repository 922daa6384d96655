package io.jobmon.core.isolate;

import io.jobmon.Isolation;
import io.jobmon.Job;
import io.jobmon.core.identity.ClassFiles;
import io.jobmon.core.identity.Identities;
import io.jobmon.spi.ChildSettings;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command line of a child JVM. Of what stands in Redis only a checked heap size gets into it.
 *
 * <p>Thread safety: immutable.
 */
final class ChildCommand {

    private static final Logger LOG = LoggerFactory.getLogger(ChildCommand.class);
    private static final double SHARE = 0.7;
    private static final long LEAST_MIB = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String TRAINING_HEAP = "64m";
    private static final String NICE = "5"; // 19 would starve beside slots that are all busy

    /** What a JVM says of an archive that does not fit its options: nothing of interest, and it goes on without. */
    private static final List<String> SILENT = List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off");

    /** Options by which somebody chooses an archive of their own, or none. */
    private static final Pattern OWN_ARCHIVE =
            Pattern.compile("-Xshare.*|-XX:.*(Shared|Archive|AOT|CDS).*|-XX:(Flags|VMOptionsFile)=.*");

    /** Variables that JVMs take options from. */
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private final ChildSettings settings;
    private final int slots;
    private final Supplier<Optional<ClassArchive>> archive;

    /**
     * Prepares.
     *
     * @param settings the worker's own options
     * @param slots how many children there may be
     * @param archive looked for when the first child is started
     */
    ChildCommand(ChildSettings settings, int slots, Supplier<Optional<ClassArchive>> archive) {
        this.settings = settings;
        this.slots = slots;
        this.archive = archive;
    }

    /** A process to be, and its scratch folder. */
    record Made(ProcessBuilder builder, String heap, Path scratch, String mark) {

        /** Where a child in training writes its archive. */
        Path written() {
            return scratch.resolve("classes.jsa");
        }

        void forget() {
            IOException failed = Scratch.remove(scratch);
            if (failed != null) {
                LOG.warn("The scratch folder {} could not be removed: {}", scratch, failed.toString());
            }
        }

        void job(DataOutputStream to, int key, Job<?, ?> job) throws IOException {
            byte[] copy = JobCopy.of(job);
            ClassFiles files = Identities.classFiles(job);
            to.writeByte(Wire.JOB);
            to.writeInt(key);
            to.writeInt(files.names().size());
            for (String name : files.names()) {
                to.writeUTF(name);
            }
            to.writeLong(files.checksum());
            Wire.bytes(to, copy);
        }
    }

    Made make(Isolation isolation) {
        List<String> options = new ArrayList<>();
        if (settings.jvmOptions().stream().noneMatch(option -> option.matches("-XX:\\+Use\\w+GC"))) {
            options.add("-XX:+UseSerialGC");
        }
        String classPath = System.getProperty("java.class.path");
        ClassArchive known = archive().orElse(null);
        Path file = known == null ? null : known.file().orElse(null);
        if (known != null && file != null) {
            known.used(file);
            options.add("-XX:SharedArchiveFile=" + file);
            options.addAll(SILENT);
            classPath = known.classPath() + File.pathSeparator + classPath;
        }
        options.addAll(settings.jvmOptions());
        return make(isolation.maxHeap().orElseGet(this::share), options, classPath, settings.environment());
    }

    /** The archive that children of this worker start with, if it is there; empty if they are to do without. */
    Optional<ClassArchive> archive() {
        Stream<String> variables = VARIABLES.stream()
                .map(name -> settings.environment()
                        .getOrDefault(name, System.getenv().getOrDefault(name, "")))
                .flatMap(value -> Stream.of(value.split("\\s+")));
        boolean own = Stream.concat(settings.jvmOptions().stream(), variables)
                .anyMatch(option -> OWN_ARCHIVE.matcher(option).matches());
        return own ? Optional.empty() : archive.get();
    }

    /** A child that writes an archive into its scratch folder when it ends, at low priority and without options of others. */
    Made training(ClassArchive of) {
        Made made = make(
                TRAINING_HEAP,
                Stream.concat(Stream.of("-XX:+UseSerialGC", "-Xshare:on"), SILENT.stream())
                        .toList(),
                of.classPath(),
                Map.of());
        List<String> command = made.builder().command();
        command.add(1, "-XX:ArchiveClassesAtExit=" + made.written());
        String nice = ProcessGroup.find("nice");
        if (nice != null) {
            command.addAll(0, List.of(nice, "-n", NICE));
        }
        made.builder().environment().keySet().removeAll(VARIABLES);
        return made;
    }

    /** A JVM that ends well if it can map an archive, every byte of it as it was written. */
    static ProcessBuilder check(ClassArchive of, Path file, Path scratch) {
        ProcessBuilder builder = new ProcessBuilder(
                java(),
                "-Xmx" + TRAINING_HEAP,
                "-XX:-CreateCoredumpOnCrash",
                "-XX:-UsePerfData",
                "-XX:ErrorFile=" + scratch.resolve("check.log"),
                "-XX:+UseSerialGC",
                "-Xshare:on",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+VerifySharedSpaces",
                "-XX:SharedArchiveFile=" + file,
                "-cp",
                of.classPath(),
                "-version");
        ProcessGroup.clean(builder.environment());
        builder.environment().keySet().removeAll(VARIABLES);
        return builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Made make(String heap, List<String> options, String classPath, Map<String, String> environment) {
        Path scratch = Folders.ofChild();
        List<String> command = new ArrayList<>();
        command.add(java());
        command.add("-Xmx" + heap);
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-XX:-CreateCoredumpOnCrash");
        command.add("-XX:-UsePerfData");
        command.add("-XX:ErrorFile=" + scratch.resolve("hs_err.log"));
        command.add("-Dfile.encoding=UTF-8");
        command.addAll(options);
        command.add("-cp");
        command.add(classPath);
        command.add(ChildMain.class.getName());
        Carrier.check("the child JVM", command, environment);
        ProcessBuilder builder = new ProcessBuilder(command);
        ProcessGroup.clean(builder.environment());
        builder.environment().putAll(environment);
        byte[] mark = new byte[12];
        RANDOM.nextBytes(mark);
        String name = HexFormat.of().formatHex(mark);
        builder.environment().put(Child.MARK, name);
        return new Made(builder, heap, scratch, name);
    }

    private String share() {
        long memory = Runtime.getRuntime().maxMemory() * 2;
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            memory = system.getTotalMemorySize();
        }
        long each = (long) (memory * SHARE - Runtime.getRuntime().maxMemory()) / slots;
        return Math.max(LEAST_MIB, each >> 20) + "m";
    }
}

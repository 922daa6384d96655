package io.jobmon.core.isolate;

import io.jobmon.Isolation;
import io.jobmon.Job;
import io.jobmon.core.identity.ClassFiles;
import io.jobmon.core.identity.Identities;
import io.jobmon.spi.ChildSettings;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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

    private final ChildSettings settings;
    private final int slots;

    ChildCommand(ChildSettings settings, int slots) {
        this.settings = settings;
        this.slots = slots;
    }

    /** A process to be, and its scratch folder. */
    record Made(ProcessBuilder builder, String heap, Path scratch, String mark) {

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
        String heap = isolation.maxHeap().orElseGet(this::share);
        Path scratch = Folders.ofChild();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-XX:-CreateCoredumpOnCrash");
        command.add("-XX:-UsePerfData");
        command.add("-XX:ErrorFile=" + scratch.resolve("hs_err.log"));
        command.add("-Dfile.encoding=UTF-8");
        if (settings.jvmOptions().stream().noneMatch(option -> option.matches("-XX:\\+Use\\w+GC"))) {
            command.add("-XX:+UseSerialGC");
        }
        command.addAll(settings.jvmOptions());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(ChildMain.class.getName());
        Carrier.check("the child JVM", command, settings.environment());
        ProcessBuilder builder = new ProcessBuilder(command);
        ProcessGroup.clean(builder.environment());
        builder.environment().putAll(settings.environment());
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

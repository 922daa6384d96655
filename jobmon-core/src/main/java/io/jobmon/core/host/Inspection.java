package io.jobmon.core.host;

import io.jobmon.CommandResult;
import io.jobmon.HostCheck.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes findings of what a host says. */
final class Inspection {

    private static final Duration LOOK = Duration.ofSeconds(60);
    private static final int LEAST_JAVA = 17;
    private static final long LEAST_DISK_KIB = 200 << 10;
    private static final long SKEW_MILLIS = 60_000;

    private Inspection() {}

    static List<Finding> look(Remote remote, StartScript script) {
        CommandResult result = remote.run(script.look(), "", LOOK, List.of("look"));
        Map<String, String> said = new HashMap<>();
        result.stdout().lines().forEach(line -> {
            int space = line.indexOf(' ');
            if (space > 0) {
                said.put(line.substring(0, space), line.substring(space + 1).strip());
            }
        });
        if (!result.succeeded() || !said.containsKey("java")) {
            return List.of(new Finding(
                    false,
                    "the look there ended early, with exit code " + result.exitCode() + lastWords(result)
                            + "; see what its setup(..) lines and its login shell do"));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(java(said.getOrDefault("java", ""), said.getOrDefault("path", "")));
        findings.add(disk(said.getOrDefault("disk", ""), remote.folder()));
        findings.add(
                said.containsKey("folder")
                        ? new Finding(true, "work folder " + remote.folder())
                        : new Finding(
                                false,
                                "the work folder " + remote.folder()
                                        + " cannot be written; set workdir(..) to another"));
        return findings;
    }

    private static String lastWords(CommandResult result) {
        String[] lines = (result.stdout() + "\n" + result.stderr()).strip().split("\n");
        String last = lines[lines.length - 1];
        return last.isEmpty() ? "" : ": " + last;
    }

    private static Finding java(String version, String path) {
        if (version.isEmpty()) {
            return new Finding(
                    false,
                    (path.isEmpty() ? "there is no Java" : path + " is no Java that runs")
                            + "; set javaHome(..), or setup(..) lines that bring one to the PATH");
        }
        return number(version) >= LEAST_JAVA
                ? new Finding(true, "Java " + version + " (" + path + ")")
                : new Finding(
                        false,
                        "Java " + version + " (" + path + ") is too old, workers need " + LEAST_JAVA
                                + "; set javaHome(..) or setup(..)");
    }

    /** The feature release; the last that began with "1." was 8. */
    private static int number(String version) {
        String digits = version.replaceFirst("^1\\.", "").replaceFirst("\\D.*", "");
        return digits.isEmpty() || digits.length() > 6 ? 0 : Integer.parseInt(digits);
    }

    private static Finding disk(String kib, String folder) {
        if (!kib.matches("\\d{1,15}")) {
            return new Finding(true, "free disk space is not told");
        }
        long free = Long.parseLong(kib);
        String text = String.format(java.util.Locale.ROOT, "%,d MiB free in %s", free >> 10, folder);
        return free >= LEAST_DISK_KIB
                ? new Finding(true, text)
                : new Finding(false, text + ", which is too little; make room, or set workdir(..)");
    }

    /** What {@link Probe} has printed, which was given this URI. */
    static Finding redis(CommandResult result, String uri) {
        for (String line : result.stdout().lines().toList()) {
            if (line.startsWith("redis ") && line.matches("redis -?\\d{1,18}")) {
                long skew = Long.parseLong(line.substring("redis ".length()));
                return new Finding(
                        true,
                        "Redis answers, clock " + (Math.abs(skew) > SKEW_MILLIS ? "wrong by " : "within ")
                                + Math.max(1, Math.abs(skew) / 1000) + " s of Redis'");
            }
            if (line.equals("sentinel")) {
                return new Finding(true, "a Sentinel of Redis answers");
            }
            if (line.startsWith("failed ")) {
                return new Finding(
                        false,
                        line.substring("failed ".length()) + "; "
                                + Reach.loopback(uri).orElse("give an address that this host can reach"));
            }
        }
        return new Finding(false, "could not ask for Redis from there" + lastWords(result));
    }
}

package io.jobmon.core.host;

import io.jobmon.Bundle;
import io.jobmon.JobMonException;
import io.jobmon.core.identity.Fingerprint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings to a host what it lacks of a bundle: into a name of this sender's, checked there, then renamed. For one thread. */
final class Bringing {

    private static final Logger LOG = LoggerFactory.getLogger(Bringing.class);
    private static final int TRIES = 3;

    private final Remote remote;
    private final Bundle bundle;

    /** The same for every run of this user on this machine, so that what was begun is found again. */
    private final String sender = sender();

    Bringing(Remote remote, Bundle bundle) {
        this.remote = remote;
        this.bundle = bundle;
    }

    private static String sender() {
        String machine;
        try {
            machine = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            machine = "here";
        }
        return Fingerprint.of(List.of(machine, System.getProperty("user.name", "")))
                .substring(0, 8);
    }

    /** Returns how many bytes were moved. */
    long bring() {
        long moved = 0;
        Set<String> bad = new TreeSet<>();
        for (int left = TRIES; left > 0; left--) {
            moved += send();
            bad = lay();
            if (bad.isEmpty()) {
                LOG.info("{} has bundle {} now; {} bytes were brought there.", remote.host(), bundle.id(), moved);
                return moved;
            }
        }
        throw new JobMonException("What is brought to " + remote.host() + " arrives damaged or vanishes there, " + TRIES
                + " times now (" + bad + "); look at its disk, and at who else uses " + remote.folder() + ".");
    }

    private List<Bundle.File> wanted() {
        return bundle.files().stream()
                .filter(file -> bundle.withData() || file.use() != Bundle.Use.DATA)
                .toList();
    }

    private long send() {
        List<Bundle.File> files = wanted();
        StringBuilder question = new StringBuilder();
        for (Bundle.File file : files) {
            question.append(file.use() == Bundle.Use.DATA ? "data " : "files ")
                    .append(file.size())
                    .append(' ')
                    .append(file.sha256())
                    .append(' ')
                    .append(file.use() == Bundle.Use.JOB_FILE ? "job" : file.name())
                    .append('\n');
        }
        List<String> answer = remote.ask("lack.sh", question.toString(), remote.folder(), sender);
        remote.requireEnd(answer);
        Map<String, Bundle.File> lacking = new LinkedHashMap<>();
        for (String line : answer) {
            if (line.startsWith("lack ")) {
                Bundle.File file = files.get(Integer.parseInt(line.substring("lack ".length())) - 1);
                lacking.put(file.sha256(), file);
            }
        }
        long total = lacking.values().stream().mapToLong(Bundle.File::size).sum();
        long moved = 0;
        bundle.watch().moved(total, moved);
        for (Bundle.File file : lacking.values()) {
            long before = moved;
            remote.put(
                    file.path(),
                    remote.folder() + "/incoming/" + file.sha256() + "." + sender,
                    part -> bundle.watch().moved(total, before + part));
            moved += file.size();
        }
        return moved;
    }

    private Set<String> lay() {
        StringBuilder plan = new StringBuilder();
        for (Bundle.File file : wanted()) {
            String mode = file.executable() ? "x " : "r ";
            plan.append(
                            switch (file.use()) {
                                case CLASS_PATH -> "class " + file.sha256() + " ";
                                case JOB_FILE -> "job " + file.sha256() + " " + mode;
                                case DATA -> "data " + file.sha256() + " " + mode;
                            })
                    .append(file.name())
                    .append('\n');
        }
        List<String> answer = remote.ask(
                "lay.sh", plan.toString(), remote.folder(), sender, bundle.id(), Integer.toString(bundle.keep()));
        remote.requireEnd(answer);
        Set<String> bad = new TreeSet<>();
        for (String line : answer) {
            if (line.startsWith("bad ") || line.startsWith("gone ")) {
                bad.add(line);
            }
        }
        return bad;
    }
}

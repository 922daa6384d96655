package io.jobmon.core.host;

import io.jobmon.WorkerRequest;
import io.jobmon.spi.BatchSystem;
import io.jobmon.spi.HostSettings;
import io.jobmon.spi.ShellWords;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text that starts a worker on a host: the user's settings as quoted words, then the same lines for all. The only shell of
 * the user's is what setup(..) says.
 */
final class StartScript {

    private static final String FIXED = Remote.text("start.sh");

    private final HostSettings settings;
    private final String folder;

    StartScript(HostSettings settings, String folder) {
        this.settings = settings;
        this.folder = folder;
    }

    /** For a look at the host, before anything is launched. */
    String look() {
        return head("look", "") + "settings() { :; }\n" + setup() + FIXED;
    }

    /** For a launch; on a batch scheduler each task is a worker, and the secret serves all of them. */
    String launch(WorkerRequest request, @Nullable BatchSystem batch) {
        String launch = folder + "/launches/" + request.launch();
        StringBuilder text = new StringBuilder("#!/bin/sh\n").append(head(request.launch(), request.bundle()));
        if (batch != null) {
            text.append("task=\"").append(batch.taskNumber()).append("\"\n");
        }
        text.append("settings() {\n");
        export(text, "LC_ALL", "C.UTF-8");
        settings.environment().forEach((name, value) -> export(text, name, value));
        // Where that of who launches is inherited there would be two.
        text.append("unset JOBMON_REDIS\n");
        export(text, "JOBMON_REDIS_FILE", launch + "/redis");
        if (batch == null) {
            export(text, "JOBMON_REDIS_ONCE", "true");
        } else {
            export(text, "JOBMON_WALLTIME", batch.time().toString());
        }
        export(text, "JOBMON_NAMESPACE", request.namespace());
        export(text, "JOBMON_HEARTBEAT", request.heartbeat().toString());
        export(text, "JOBMON_IDLE", request.idle().toString());
        export(text, "JOBMON_LAUNCH", request.launch());
        export(text, "JOBMON_PLACE", settings.name());
        if (settings.slots() > 0) {
            export(text, "JOBMON_SLOTS", Integer.toString(settings.slots()));
        }
        if (!settings.tags().isEmpty()) {
            export(text, "JOBMON_TAGS", String.join(",", settings.tags()));
        }
        text.append("}\nprograms() {\n:\n");
        programs(text, launch);
        text.append("}\n").append(setup());
        text.append("run() { exec \"$java\" ")
                .append(ShellWords.join(options(request)))
                .append(" -cp \"$classes\" ")
                .append(ShellWords.quote(request.main()))
                .append("; }\n");
        return text.append(FIXED).toString();
    }

    private String head(String launch, String bundle) {
        return "task= work=" + ShellWords.quote(folder) + " launch=" + ShellWords.quote(launch) + " bundle="
                + ShellWords.quote(bundle) + " java_home="
                + ShellWords.quote(settings.javaHome().orElse("")) + "\n";
    }

    private static void export(StringBuilder text, String name, String value) {
        text.append("export ")
                .append(name)
                .append('=')
                .append(ShellWords.quote(value))
                .append('\n');
    }

    /** Programs that are elsewhere there are called by their plain names, on a PATH of this launch. */
    private void programs(StringBuilder text, String launch) {
        if (settings.programs().isEmpty()) {
            return;
        }
        String bin = launch + "/bin";
        text.append("mkdir -p ").append(ShellWords.quote(bin)).append('\n');
        settings.programs().forEach((name, path) -> {
            String file = ShellWords.quote(bin + "/" + name);
            text.append("printf '%s\\n' '#!/bin/sh' ")
                    .append(ShellWords.quote("exec " + ShellWords.quote(path) + " \"$@\""))
                    .append(" >")
                    .append(file)
                    .append(" && chmod 700 ")
                    .append(file)
                    .append('\n');
        });
        text.append("export PATH=").append(ShellWords.quote(bin)).append(":\"$PATH\"\n");
    }

    private String setup() {
        return "setup() {\n:\n" + String.join("\n", settings.setup()) + "\n}\n";
    }

    private List<String> options(WorkerRequest request) {
        List<String> options = new ArrayList<>(List.of(
                "-Dfile.encoding=UTF-8",
                "-Djobmon.launch=" + request.launch(),
                "-Djobmon.files=" + folder + "/bundles/" + request.bundle() + "/files",
                "-XX:ErrorFile=" + folder + "/logs/" + request.launch() + ".crash"));
        options.addAll(settings.jvmOptions());
        return options;
    }
}

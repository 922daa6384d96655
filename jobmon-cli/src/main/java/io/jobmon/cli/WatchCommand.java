package io.jobmon.cli;

import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.Progress;
import io.jobmon.ProgressBar;
import io.jobmon.Sweep;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "watch", description = "A bar on a terminal, lines elsewhere. Exit code 1 if experiments failed.")
final class WatchCommand extends SweepCommand {

    @Option(names = "--json", description = "Do not wait; say where it stands as JSON.")
    private boolean json;

    @Override
    int execute(JobMon jobmon, Finder.Found found, Sweep<Map<String, Object>, Map<String, Object>> sweep) {
        if (json) {
            out().println(JsonText.of(tree(found, sweep.progress())));
            return 0;
        }
        say(found.toString());
        Sweep<?, ?> watched = sweep;
        Job<?, ?> job = isLocal() ? jobs().get(found.job().name()) : null;
        if (job != null) {
            // Nobody else runs it.
            watched = jobmon.attach(found.sweep().id(), job);
        }
        return Waiting.on(watched, ProgressBar.console(), this);
    }

    private static Map<String, Object> tree(Finder.Found found, Progress progress) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("sweep", found.sweep().id());
        tree.put("job", found.job().hash());
        tree.put("name", found.job().name());
        tree.put("state", progress.state().name().toLowerCase(Locale.ROOT));
        tree.put("size", progress.size());
        tree.put("pending", progress.pending());
        tree.put("running", progress.running());
        tree.put("done", progress.done());
        tree.put("failed", progress.dead());
        tree.put("rate", progress.rate());
        tree.put("remaining", progress.remaining());
        return tree;
    }
}

package io.jobmon.cli;

import io.jobmon.spi.Engine;
import io.jobmon.spi.Head;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "spawn", description = "It keeps its data in a folder; one head per folder.")
final class SpawnCommand extends HeadCommand {

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS[:PORT]",
            description = "Where other machines reach it; default: only this machine does, at a free port.")
    private @Nullable String listen;

    @Option(names = "--json", description = "Say where it is as JSON, without the password.")
    private boolean json;

    @Override
    int execute(Path folder) {
        Head head = Engine.find().heads().spawn(folder, listen);
        head.notices().forEach(this::say);
        if (json) {
            out().println(JsonText.of(tree(head)));
        } else {
            out().println("Head of " + head.folder() + ": process " + head.pid() + ", Redis at " + head.address());
            say("Its URI, with the password, is in " + head.uriFile() + ".");
        }
        return 0;
    }

    private static Map<String, Object> tree(Head head) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("folder", head.folder().toString());
        tree.put("pid", head.pid());
        tree.put("address", head.address());
        tree.put("since", head.since());
        tree.put("uriFile", head.uriFile().toString());
        tree.put("logFile", head.logFile().toString());
        tree.put("notices", head.notices());
        return tree;
    }
}

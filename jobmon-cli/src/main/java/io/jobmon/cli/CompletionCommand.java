package io.jobmon.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

@Command(name = "completion", description = "Use it: source <(jm completion)")
final class CompletionCommand extends JmCommand {

    @Override
    int execute() {
        out().print(AutoComplete.bash(program(), spec.root().commandLine()));
        return 0;
    }
}

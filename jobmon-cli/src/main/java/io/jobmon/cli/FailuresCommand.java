package io.jobmon.cli;

import io.jobmon.Failures;
import io.jobmon.JobMon;
import io.jobmon.Sweep;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "failures")
final class FailuresCommand extends SweepCommand {

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    int execute(JobMon jobmon, Finder.Found found, Sweep<Map<String, Object>, Map<String, Object>> sweep) {
        Failures failures = sweep.failures();
        if (json) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("sweep", sweep.id());
            tree.put("total", failures.total());
            tree.put("succeeded", failures.succeeded());
            tree.put(
                    "groups",
                    failures.groups().stream().map(FailuresCommand::tree).toList());
            out().println(JsonText.of(tree));
        } else {
            out().println(typed(failures.toString(), program(), sweep.id()));
        }
        return 0;
    }

    /** Says what to type where the engine says what to call. */
    static String typed(String text, String program, String sweep) {
        String replay = Matcher.quoteReplacement(program + " replay " + Texts.shortly(sweep)) + " $1";
        return text.replaceAll("sweep\\.replay\\((\\d+)\\)", replay);
    }

    private static Map<String, Object> tree(Failures.Group group) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("count", group.count());
        tree.put("type", group.cause().type());
        tree.put("message", group.cause().message());
        tree.put("stack", group.cause().stack());
        tree.put("stdout", group.cause().stdout());
        tree.put("stderr", group.cause().stderr());
        tree.put("region", group.region().map(Object::toString));
        tree.put("examples", group.examples());
        tree.put("first", group.first());
        tree.put("last", group.last());
        Map<String, Object> smallest = new LinkedHashMap<>();
        smallest.put("index", group.smallest().index());
        smallest.put("params", group.smallest().point().asMap());
        smallest.put("replicate", group.smallest().replicate());
        tree.put("smallest", smallest);
        return tree;
    }
}

package io.jobmon.cli;

import io.jobmon.CommandJob;
import io.jobmon.Job;
import io.jobmon.spi.CommandSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "postjob", description = "The job is the named one, or the one whose files: hold FILE.")
final class PostJobCommand extends PostCommand {

    @Parameters(index = "0", paramLabel = "FILE_OR_NAME", description = "A file of the job, or the job's name.")
    @SuppressWarnings("NullAway.Init")
    private String named;

    @Parameters(index = "1", arity = "0..1", paramLabel = "DESCRIPTION", description = "What it is about.")
    private Optional<String> description = Optional.empty();

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "N",
            description = "How many runs; default: replicates: of jobmon.yaml, else 1.")
    private @Nullable Integer runs;

    @Override
    Post post() {
        return new Post(
                found(), description, runs == null ? OptionalInt.empty() : OptionalInt.of(runs), Space.of(List.of()));
    }

    private Job<?, ?> found() {
        Job<?, ?> byName = jobs().get(named);
        if (byName != null) {
            return byName;
        }
        List<CommandJob<?>> holding = project().stream()
                .flatMap(found -> found.jobs().values().stream())
                .filter(job -> holds(job))
                .toList();
        if (holding.size() > 1) {
            throw new UsageException(named + " belongs to the jobs "
                    + String.join(", ", holding.stream().map(Job::name).toList()) + "; give one of these names.");
        }
        return holding.isEmpty() ? refuse() : holding.get(0);
    }

    /** A folder holds what is below it. */
    private boolean holds(CommandJob<?> job) {
        Path wanted = around().folder().resolve(named).toAbsolutePath().normalize();
        Path folder = project()
                .map(found -> found.file().toAbsolutePath().getParent())
                .orElse(Path.of("").toAbsolutePath());
        return CommandSpec.of(job).files().stream()
                .map(file -> folder.resolve(file).normalize())
                .anyMatch(held -> wanted.equals(held) || wanted.startsWith(held) && Files.exists(wanted));
    }

    /** Says the lines of YAML that are missing. */
    private Job<?, ?> refuse() {
        String file = Path.of(named).getFileName().toString();
        if (file.indexOf('.') < 0) {
            return job(named);
        }
        String name = file.replaceFirst("\\..*$", "").replaceAll("[^A-Za-z0-9_-]", "_");
        if (project().map(found -> found.jobs().isEmpty()).orElse(true)) {
            out().println("jobs:");
        }
        out().println("  " + name + ": { command: [" + interpreter(file) + named + "], files: [" + named + "] }");
        throw new UsageException("No job has the file " + named
                + " among its files:; the lines to add to jobmon.yaml are on standard output.");
    }

    private static String interpreter(String file) {
        String ending = file.substring(file.lastIndexOf('.') + 1);
        return switch (ending) {
            case "py" -> "python3, ";
            case "sh" -> "sh, ";
            case "jl" -> "julia, ";
            case "R", "r" -> "Rscript, ";
            case "js" -> "node, ";
            default -> "";
        };
    }
}

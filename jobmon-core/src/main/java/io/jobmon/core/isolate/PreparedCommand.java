package io.jobmon.core.isolate;

import io.jobmon.CommandException;
import io.jobmon.CommandOutput;
import io.jobmon.Experiment;
import io.jobmon.core.codec.Json;
import io.jobmon.core.codec.OutcomeException;
import io.jobmon.core.codec.OutcomeType;
import io.jobmon.core.identity.CommandForm;
import io.jobmon.core.identity.UnreadyException;
import io.jobmon.spi.CommandSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command job with its program found and its files copied: ready to run on this machine.
 *
 * <p>Thread safety: any number of threads.
 *
 * @param <R> the outcome
 */
final class PreparedCommand<R> {

    private static final PrintListener UNHEARD = new PrintListener() {};
    private static final Logger LOG = LoggerFactory.getLogger(PreparedCommand.class);
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int GROUND_LIMIT = 256 << 10;
    private static final int SHOWN = 200;
    private static final int LAST_LINES = 700;
    private static final int KEPT = 64 << 10;
    private static final int SIGNALLED = 128;

    private final CommandSpec<R> spec;
    private final CommandForm form;
    private final OutcomeType<R> type;
    private final FileStore store;
    private final String program;

    PreparedCommand(CommandSpec<R> spec, CommandForm form) {
        this.spec = spec;
        this.form = form;
        this.type = OutcomeType.of(spec.outcome(), spec.name());
        // Before files are copied: it is tried again and again where the program is not there.
        this.program = program();
        this.store = FileStore.of(spec.name(), form.files());
    }

    /** The program's path; of one that is among the files, its name. */
    private String program() {
        String named = form.line().program();
        if (form.line().bringsProgram()) {
            boolean executable =
                    form.files().stream().anyMatch(file -> file.name().equals(named) && file.executable());
            if (!executable) {
                throw new UnreadyException(spec.name(), "its file " + named + " is not executable");
            }
            return named;
        }
        String path = spec.environment().getOrDefault("PATH", System.getenv("PATH"));
        return Programs.find(named, path)
                .orElseThrow(() -> new UnreadyException(spec.name(), Programs.lack(named)))
                .toString();
    }

    /**
     * Why the program cannot be run now.
     *
     * @return what is lacking, in words; empty if nothing is
     */
    Optional<String> lack() {
        try {
            program();
            return Optional.empty();
        } catch (UnreadyException e) {
            return Optional.of(e.lack());
        }
    }

    /**
     * Runs the program.
     *
     * @param params the parameters
     * @param experiment who this experiment is
     * @return the outcome
     * @throws Exception whatever went wrong
     */
    R run(Map<String, Object> params, Experiment experiment) throws Exception {
        Path folder = Folders.take();
        ProgramRun run = null;
        try {
            store.lay(folder);
            if (Thread.interrupted()) {
                throw new InterruptedException(spec.name() + " was not begun");
            }
            run = start(params, experiment, folder);
            return end(run, experiment, folder);
        } finally {
            Folders.giveBack(folder, run == null || run.deserted());
        }
    }

    private R end(ProgramRun run, Experiment experiment, Path folder) throws Exception {
        int code;
        try {
            code = run.await();
        } catch (InterruptedException e) {
            e.addSuppressed(failure(spec.name() + " was ended", -1, run));
            throw e;
        }
        if (code != 0) {
            throw failure(ended(code), code, run);
        }
        String stdout = text(run);
        ground(folder, experiment);
        if (run.stderr().total() > 0) {
            LOG.debug(
                    "{} of {} wrote to stderr: {}",
                    experiment.id(),
                    spec.name(),
                    run.stderr().end(KEPT));
        }
        return outcome(code, stdout, run);
    }

    private ProgramRun start(Map<String, Object> params, Experiment experiment, Path folder) {
        Map<String, String> texts = ParameterTexts.of(params);
        List<String> argv = new ArrayList<>(form.line().fill(folder, texts));
        if (!form.line().bringsProgram()) {
            argv.set(0, program);
        }
        Map<String, String> own = new LinkedHashMap<>(spec.environment());
        texts.forEach((name, value) -> {
            if (VARIABLE.matcher(name).matches()) {
                own.put("JOBMON_PARAM_" + name, value);
            }
        });
        own.put("JOBMON_SEED", Long.toString(experiment.seed()));
        own.put("JOBMON_INDEX", Long.toString(experiment.index()));
        own.put("JOBMON_REPLICATE", Integer.toString(experiment.replicate()));
        own.put("JOBMON_ATTEMPT", Integer.toString(experiment.attempt()));
        own.put("JOBMON_EXECUTION_ID", experiment.executionId());
        Carrier.check(spec.name(), argv, own);
        ProcessBuilder builder = new ProcessBuilder(argv).directory(folder.toFile());
        ProcessGroup.clean(builder.environment());
        builder.environment().putAll(own);
        PrintListener listener = experiment instanceof PrintListener known ? known : UNHEARD;
        String tag = "JOBMON_EXECUTION_ID=" + experiment.executionId();
        try {
            return new ProgramRun(builder, tag, ParameterTexts.json(params), spec.outputLimit(), listener);
        } catch (IOException e) {
            throw new CommandException(
                    spec.name() + " could not be started: " + e.getMessage(), new CommandOutput(-1, "", ""));
        }
    }

    private String ended(int code) {
        String text = spec.name() + " ended with exit code " + code;
        return code > SIGNALLED ? text + " (as one ended by signal " + (code - SIGNALLED) + " does)" : text;
    }

    private CommandException failure(String what, int code, ProgramRun run) {
        String stderr = run.stderr().end(KEPT);
        String last = run.stderr().end(LAST_LINES).strip();
        String message = what
                + (last.isEmpty()
                        ? " and wrote nothing to standard error."
                        : ". Its standard error ends with:\n"
                                + wholeLines(last, run.stderr().total() > LAST_LINES));
        return new CommandException(
                message, new CommandOutput(code, run.stdout().end(KEPT), stderr));
    }

    private static String wholeLines(String text, boolean cut) {
        int line = text.indexOf('\n');
        return cut && line >= 0 && line < text.length() / 2 ? text.substring(line + 1) : text;
    }

    private String text(ProgramRun run) {
        long total = run.stdout().total();
        if (total > spec.outputLimit()) {
            throw refused(
                    run,
                    String.format(
                            Locale.ROOT,
                            "The standard output of %s is %,d bytes; the limit is %,d. Print less, write a file and print"
                                    + " its path, or raise outputLimit(..).",
                            spec.name(),
                            total,
                            spec.outputLimit()));
        }
        return run.stdout()
                .utf8()
                .orElseThrow(() -> refused(
                        run,
                        "The standard output of " + spec.name() + " is no UTF-8; it begins with: "
                                + run.stdout().beginning(SHOWN)));
    }

    private OutcomeException refused(ProgramRun run, String message) {
        OutcomeException refused = new OutcomeException(message, null);
        refused.addSuppressed(new CommandException(
                message,
                new CommandOutput(0, run.stdout().end(KEPT), run.stderr().end(KEPT))));
        return refused;
    }

    private R outcome(int code, String stdout, ProgramRun run) {
        if (spec.function() != null) {
            R made = spec.function()
                    .apply(new CommandOutput(code, stdout, run.stderr().end(KEPT)));
            return checked(made);
        }
        if (stdout.isBlank()) {
            throw refused(
                    run, spec.name() + " printed nothing; it is to print its outcome as JSON on standard output.");
        }
        try {
            return type.parse(stdout);
        } catch (OutcomeException e) {
            throw refused(
                    run,
                    "The standard output of " + spec.name() + " is no JSON of its outcome (" + e.getMessage()
                            + "); it begins with: " + run.stdout().beginning(SHOWN));
        }
    }

    // What a function of user code returns; null is refused where outcomes are written.
    @SuppressWarnings("NullAway")
    private static <T> T checked(@Nullable T value) {
        return value;
    }

    private void ground(Path folder, Experiment experiment) throws IOException {
        Path file = folder.resolve("ground.json");
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        long size = Files.size(file);
        if (size > GROUND_LIMIT) {
            throw new OutcomeException(
                    String.format(
                            Locale.ROOT,
                            "The file ground.json of %s is %,d bytes; the limit is %,d.",
                            spec.name(),
                            size,
                            GROUND_LIMIT),
                    null);
        }
        Object truth;
        try {
            truth = Json.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            throw new OutcomeException("The file ground.json of " + spec.name() + " is no JSON: " + e.getMessage(), e);
        }
        if (truth == null) {
            throw new OutcomeException(
                    "The file ground.json of " + spec.name() + " holds null; leave it out if there is no truth.", null);
        }
        experiment.ground(truth);
    }
}

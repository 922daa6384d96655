package io.jobmon.cli;

import java.io.Console;
import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where output goes, and whether a person sits there.
 *
 * @param out results
 * @param err progress, notices, errors
 * @param console asks; null when nobody is there to answer
 * @param colour whether colours are welcome
 */
record Terminal(PrintStream out, PrintStream err, @Nullable Console console, boolean colour) {

    static Terminal of(PrintStream out, PrintStream err, Map<String, String> environment) {
        Console console = person();
        boolean plain = environment.containsKey("NO_COLOR")
                || environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(out, err, console, console != null && !plain);
    }

    /** From JDK 22 on there is a console even when nobody sits at it. */
    private static @Nullable Console person() {
        Console console = System.console();
        if (console == null) {
            return null;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console) ? console : null;
        } catch (NoSuchMethodException e) {
            return console;
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /** Asks before something is deleted. Where nobody can answer, {@code --yes} has to be given. */
    boolean confirm(String question, boolean yes) {
        if (yes) {
            return true;
        }
        if (console == null) {
            throw new UsageException(question + " Nobody is there to answer; give --yes.");
        }
        out.flush();
        String answer = console.readLine("%s [y/N] ", question);
        boolean agreed = answer != null && answer.strip().matches("(?i)y|yes");
        if (!agreed) {
            err.println("It is kept.");
        }
        return agreed;
    }
}

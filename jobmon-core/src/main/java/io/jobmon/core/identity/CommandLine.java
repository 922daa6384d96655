package io.jobmon.core.identity;

import io.jobmon.JobMonException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The argument vector of a command job: text with placeholders, and paths of its files.
 *
 * <p>Thread safety: immutable.
 */
public final class CommandLine {

    private static final String BRACES = "; write {{ and }} for braces that are no placeholder";

    /** A piece of an argument: a text, or the name of a parameter. */
    private record Piece(String text, boolean placeholder) {}

    /** An argument: the name of a file, or pieces. */
    private record Argument(@Nullable String file, List<Piece> pieces) {}

    private final String job;
    private final List<Argument> arguments;
    private final Set<String> placeholders;

    private CommandLine(String job, List<Argument> arguments) {
        this.job = job;
        this.arguments = List.copyOf(arguments);
        Set<String> names = new LinkedHashSet<>();
        for (Argument argument : arguments) {
            argument.pieces.stream().filter(Piece::placeholder).map(Piece::text).forEach(names::add);
        }
        this.placeholders = names;
    }

    /**
     * Reads an argument vector.
     *
     * @param job the job's name
     * @param argv the vector
     * @param files answers the name of a path that is one of the job's files or folders, null of another one
     * @return the vector
     * @throws JobMonException if braces do not match, or a placeholder is the program itself or inside a script
     */
    static CommandLine of(String job, List<String> argv, Names files) {
        Set<Integer> scripts = Scripts.in(argv);
        List<Argument> arguments = new ArrayList<>();
        for (int i = 0; i < argv.size(); i++) {
            String text = argv.get(i);
            refuseHalves(job, text);
            String file = scripts.contains(i) ? null : name(text, files);
            List<Piece> pieces = file == null ? pieces(job, text) : List.of();
            for (Piece piece : pieces) {
                refuse(job, argv, i, piece, scripts.contains(i));
            }
            arguments.add(new Argument(file, pieces));
        }
        return new CommandLine(job, arguments);
    }

    /** Which paths are files of the job. */
    interface Names {
        @Nullable
        String of(Path path);
    }

    private static @Nullable String name(String text, Names files) {
        try {
            return text.isEmpty() ? null : files.of(Path.of(text));
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static void refuseHalves(String job, String text) {
        if (text.codePoints().anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw new JobMonException(
                    "An argument of " + job + " holds half a character (an unpaired surrogate); give whole ones.");
        }
    }

    private static void refuse(String job, List<String> argv, int i, Piece piece, boolean script) {
        if (!piece.placeholder) {
            return;
        }
        String name = "{" + piece.text + "}";
        if (i == 0) {
            throw new JobMonException("The program of " + job + " is the placeholder " + name
                    + "; what is run cannot be a parameter. Name the program, or write {{ and }} for braces.");
        }
        if (script) {
            throw new JobMonException("The script in the arguments of " + job + " (" + argv.get(0) + ") holds " + name
                    + ", whose value would be read as code: use JOBMON_PARAM_" + piece.text
                    + " from the environment" + BRACES + ".");
        }
    }

    private static List<Piece> pieces(String job, String text) {
        List<Piece> pieces = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if ((c == '{' || c == '}') && at + 1 < text.length() && text.charAt(at + 1) == c) {
                plain.append(c);
                at += 2;
            } else if (c == '{') {
                int end = text.indexOf('}', at);
                if (end < 0 || end == at + 1 || text.lastIndexOf('{', end) != at) {
                    throw unmatched(job, text, '{');
                }
                pieces.add(new Piece(plain.toString(), false));
                pieces.add(new Piece(text.substring(at + 1, end), true));
                plain.setLength(0);
                at = end + 1;
            } else if (c == '}') {
                throw unmatched(job, text, '}');
            } else {
                plain.append(c);
                at++;
            }
        }
        pieces.add(new Piece(plain.toString(), false));
        pieces.removeIf(piece -> !piece.placeholder && piece.text.isEmpty());
        return pieces;
    }

    private static JobMonException unmatched(String job, String text, char brace) {
        String shown = text.length() > 100 ? text.substring(0, 100) + "..." : text;
        return new JobMonException(
                "The argument '" + shown + "' of " + job + " has a '" + brace + "' without its fellow" + BRACES + ".");
    }

    /**
     * Compares the placeholders with the names of a space.
     *
     * @param names the names
     * @throws JobMonException if a placeholder is none of them
     */
    public void check(Collection<String> names) {
        for (String placeholder : placeholders) {
            if (!names.contains(placeholder)) {
                throw new JobMonException("The arguments of " + job + " hold {" + placeholder + "}, but the space has "
                        + (names.isEmpty() ? "no parameters" : "only " + String.join(", ", names))
                        + "; correct the name" + BRACES + ".");
            }
        }
    }

    /**
     * Puts values in.
     *
     * @param folder where the files lie
     * @param values the parameters as texts; a text that holds braces stays as it is
     * @return the arguments
     * @throws JobMonException if a placeholder has no value
     */
    public List<String> fill(Path folder, Map<String, String> values) {
        check(values.keySet());
        List<String> filled = new ArrayList<>();
        for (Argument argument : arguments) {
            filled.add(
                    argument.file == null
                            ? text(argument, values)
                            : folder.resolve(argument.file).toString());
        }
        return filled;
    }

    private static String text(Argument argument, Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : argument.pieces) {
            text.append(piece.placeholder ? values.getOrDefault(piece.text, "") : piece.text);
        }
        return text.toString();
    }

    /**
     * The program.
     *
     * @return its name or path, as it was given; of one of the job's files, its name there
     */
    public String program() {
        Argument first = arguments.get(0);
        return first.file == null ? text(first, Map.of()) : first.file;
    }

    /**
     * Whether the program is one of the job's files.
     *
     * @return true if so
     */
    public boolean bringsProgram() {
        return arguments.get(0).file != null;
    }

    /** What counts for the job's identity: texts as they were given, files by their names. */
    List<Object> identity(List<String> argv) {
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < argv.size(); i++) {
            String file = arguments.get(i).file;
            all.add(file == null ? argv.get(i) : Map.of("file", file));
        }
        return all;
    }
}

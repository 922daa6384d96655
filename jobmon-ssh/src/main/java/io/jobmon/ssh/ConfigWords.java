package io.jobmon.ssh;

import io.jobmon.JobMonException;
import java.util.ArrayList;
import java.util.List;

/** Cuts a line of an SSH configuration into words: ssh_config(5). */
final class ConfigWords {

    private final String line;
    private final String where;
    private final List<String> words = new ArrayList<>();
    private int position;

    private ConfigWords(String line, String where) {
        this.line = line;
        this.where = where;
    }

    /** Splits a line: a keyword, then its arguments. A comment or a blank line gives none. */
    static List<String> split(String line, String where) {
        ConfigWords cutting = new ConfigWords(line.strip(), where);
        cutting.keyword();
        cutting.arguments();
        return cutting.words;
    }

    /** The keyword may be followed by spaces, or by one equals sign with or without spaces. */
    private void keyword() {
        int start = position;
        while (position < line.length() && !blank() && line.charAt(position) != '=' && line.charAt(0) != '#') {
            position++;
        }
        if (position == start) {
            position = line.length();
            return;
        }
        words.add(line.substring(start, position));
        spaces();
        if (position < line.length() && line.charAt(position) == '=') {
            position++;
        }
    }

    private void arguments() {
        spaces();
        while (position < line.length() && line.charAt(position) != '#') {
            words.add(word());
            spaces();
        }
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (; position < line.length() && (quote != 0 || !blank()); position++) {
            char next = line.charAt(position);
            if (next == '\\' && position + 1 < line.length() && escapable(line.charAt(position + 1), quote)) {
                position++;
                word.append(line.charAt(position));
            } else if (next == quote) {
                quote = 0;
            } else if (quote == 0 && (next == '"' || next == '\'')) {
                quote = next;
            } else {
                word.append(next);
            }
        }
        if (quote != 0) {
            throw new JobMonException(where + " has a quote that does not end; add it.");
        }
        return word.toString();
    }

    private static boolean escapable(char next, char quote) {
        return next == '"' || next == '\'' || next == '\\' || (quote == 0 && next == ' ');
    }

    private boolean blank() {
        return Character.isWhitespace(line.charAt(position));
    }

    private void spaces() {
        while (position < line.length() && blank()) {
            position++;
        }
    }
}

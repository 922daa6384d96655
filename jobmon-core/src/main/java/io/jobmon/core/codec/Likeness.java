package io.jobmon.core.codec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Takes out of the description of a failure what differs from one to the next of the same cause. */
final class Likeness {

    /** No expression sees more, so that each takes a bounded time. */
    private static final int LONGEST = 4096;

    private static final String NUMBER = "#";

    /**
     * What is taken out.
     *
     * @param hint a text without this is left as it is, which saves most of the time
     */
    private record Rule(String hint, Pattern pattern, String replacement) {
        Rule(String hint, String expression, String replacement) {
            this(hint, Pattern.compile(expression), replacement);
        }

        String apply(String text) {
            return text.contains(hint) ? pattern.matcher(text).replaceAll(replacement) : text;
        }
    }

    /** In this order: a path holds ids, an id holds numbers. */
    private static final List<Rule> RULES = List.of(
            new Rule("/", "(?:/private)?/(?:var/)?(?:tmp|folders)/[^\\s:'\",;()\\[\\]]+", "<tmp>"),
            new Rule(":\\", "[A-Za-z]:\\\\[^\\s'\",;()]*\\\\[Tt]e?mp\\\\[^\\s:'\",;()]+", "<tmp>"),
            new Rule("$$Lambda", "\\$\\$Lambda[$/\\w.]*", "\\$\\$Lambda"),
            new Rule("-", "\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b", NUMBER),
            new Rule("@", "@[0-9a-f]{1,16}\\b", "@" + NUMBER),
            new Rule("0x", "\\b0x[0-9a-fA-F]+", NUMBER),
            new Rule("", "\\b(?=[a-fA-F]*\\d)(?=\\d*[a-fA-F])[0-9a-fA-F]{8,}\\b", NUMBER),
            new Rule("N", "[-+]?\\bNaN\\b", NUMBER),
            new Rule("Infinity", "[-+]?\\bInfinity\\b", NUMBER),
            new Rule("", "[-+]?\\d+(?:[.,]\\d+)*(?:[eE][-+]?\\d+)?", NUMBER),
            new Rule("", "[\\s&&[^\n]]+", " "));

    private static final Pattern JDK = Pattern.compile("at (?:[\\w.@#-]*/)*(?:javax?|jdk|sun|com\\.sun)\\..*");

    private Likeness() {}

    static String of(String type, String message, String stack) {
        Set<String> all = new LinkedHashSet<>();
        Set<String> own = new LinkedHashSet<>();
        for (String line : plain(stack).split("\n")) {
            String plain = line.trim();
            all.add(plain);
            if (!JDK.matcher(plain).matches()) {
                own.add(plain);
            }
        }
        Set<String> frames = own.isEmpty() ? all : own;
        // A recursion is left at any of its frames.
        frames = type.equals("java.lang.StackOverflowError") ? new TreeSet<>(frames) : frames;
        List<String> parts = new ArrayList<>();
        parts.add(plain(type));
        parts.add(plain(message.replace('\n', ' ')));
        parts.addAll(frames);
        return String.join("\n", parts);
    }

    private static String plain(String text) {
        String plain = cut(text);
        for (Rule rule : RULES) {
            plain = rule.apply(plain);
        }
        return plain;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}

package io.jobmon.core.identity;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds the arguments that an interpreter reads as code: what is pasted in there would be code too. */
final class Scripts {

    private static final Pattern SHELL = Pattern.compile("r?bash|dash|zsh|[mo]?ksh[0-9]*|ash|sh");
    private static final Pattern PYTHON = Pattern.compile("(python|pypy)[0-9.]*");
    private static final Pattern PERL = Pattern.compile("perl[0-9.]*");
    private static final Set<String> LONG_WITH_VALUE = Set.of("--rcfile", "--init-file", "--check-hash-based-pycs");

    private final List<String> argv;
    private final Set<Integer> code = new TreeSet<>();
    private int at;

    private Scripts(List<String> argv) {
        this.argv = argv;
    }

    /** The indices of arguments that are code. An interpreter may stand behind others: env, nice, timeout, ssh. */
    static Set<Integer> in(List<String> argv) {
        Scripts scripts = new Scripts(argv);
        for (int i = 0; i < argv.size(); i++) {
            String program = argv.get(i).substring(argv.get(i).lastIndexOf('/') + 1);
            scripts.at = i + 1;
            if (SHELL.matcher(program).matches()) {
                scripts.shell();
            } else if (PYTHON.matcher(program).matches()) {
                scripts.options("c", "WXQ", "m");
            } else if (PERL.matcher(program).matches()) {
                scripts.options("eEMmF", "I", "iCDdxV0l");
            } else if (program.equals("env")) {
                scripts.options("S", "uC", "");
            }
        }
        return scripts.code;
    }

    private boolean more() {
        return at < argv.size();
    }

    /** A shell's options may stand before and behind -c; the first argument that is none is the script. */
    private void shell() {
        boolean command = false;
        while (more()) {
            String option = argv.get(at);
            if (option.equals("--") || option.equals("-")) {
                at++;
                break;
            }
            if (option.length() < 2 || option.charAt(0) != '-' && option.charAt(0) != '+') {
                break;
            }
            if (option.startsWith("--")) {
                at += LONG_WITH_VALUE.contains(option) ? 2 : 1;
                continue;
            }
            command |= option.startsWith("-") && option.indexOf('c') > 0;
            at += option.endsWith("o") || option.endsWith("O") ? 2 : 1;
        }
        if (command && more()) {
            code.add(at);
        }
    }

    /**
     * Options as getopt reads them.
     *
     * @param scripts letters whose value is code
     * @param values letters with another value, attached or the next argument
     * @param rest letters after which the rest of the argument is their value
     */
    private void options(String scripts, String values, String rest) {
        while (more()) {
            String option = argv.get(at);
            if (option.startsWith("--")) {
                if (option.startsWith("--split-string")) {
                    code.add(option.contains("=") ? at : at + 1);
                }
                at += LONG_WITH_VALUE.contains(option) ? 2 : 1;
                if (option.equals("--")) {
                    return;
                }
            } else if (option.startsWith("-") && option.length() > 1) {
                cluster(option, scripts, values, rest);
                at++;
            } else {
                return;
            }
        }
    }

    private void cluster(String option, String scripts, String values, String rest) {
        for (int k = 1; k < option.length(); k++) {
            char letter = option.charAt(k);
            boolean attached = k + 1 < option.length();
            if (scripts.indexOf(letter) >= 0) {
                code.add(attached ? at : at + 1);
                at += attached ? 0 : 1;
                return;
            }
            if (values.indexOf(letter) >= 0) {
                at += attached ? 0 : 1;
                return;
            }
            if (rest.indexOf(letter) >= 0 && letter != 'l' && letter != '0') {
                return;
            }
        }
    }
}

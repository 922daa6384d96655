package io.jobmon.cli;

import java.util.regex.Matcher;

/** The engine names what to call in Java; here it is what to type. */
final class Wording {

    private Wording() {}

    static String typed(String message, String program) {
        String quoted = Matcher.quoteReplacement(program);
        return message.replace("look at sweep.failures()", "see " + program + " failures")
                .replace("Look at sweep.failures()", "See " + program + " failures")
                .replace("sweep.failures()", program + " failures")
                .replaceAll("(then )?call sweep\\.retryFailed\\(\\)", "$1use " + quoted + " retry")
                .replace("with keepGoing()", "with --keep-going")
                .replace("sweep.cancel()", program + " cancel")
                .replaceAll("jobmon\\.attach\\(\"(\\w+)\", job\\)\\.cancel\\(\\)", quoted + " cancel $1")
                .replaceAll("at\\(\"([^\"]+)\", ([^)]*)\\)", "--at $1=$2")
                .replaceAll("series\\(\"([^\"]+)\"\\)", "--series $1")
                .replace("logX()", "--log-x")
                .replace("logY()", "--log-y")
                .replace("logColour()", "--log-colour");
    }
}

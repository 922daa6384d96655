package io.jobmon;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a look at a host has found: one line for each thing that a worker needs there.
 *
 * <p>Thread safety: immutable.
 *
 * @param host the host's name
 * @param findings what was looked at, in this order
 * @since 0.1
 */
public record HostCheck(String host, List<Finding> findings) {

    /**
     * One thing that a worker needs.
     *
     * @param passed whether it is there
     * @param text what was found, and what to do if it is not there; one line
     */
    public record Finding(boolean passed, String text) {

        /**
         * Says what is there, or what to do.
         *
         * @return one line
         */
        @Override
        public String toString() {
            return (passed ? "ok    " : "FAILED ") + text;
        }
    }

    /**
     * Copies the list.
     *
     * @param host the host's name
     * @param findings what was looked at
     */
    public HostCheck {
        findings = List.copyOf(findings);
    }

    /**
     * Whether a worker can run there.
     *
     * @return true if nothing is missing
     */
    public boolean passed() {
        return findings.stream().allMatch(Finding::passed);
    }

    /**
     * Adds what was found later.
     *
     * @param more further findings
     * @return all of them
     */
    public HostCheck and(List<Finding> more) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(more);
        return new HostCheck(host, all);
    }

    /**
     * All lines, each with the host's name.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return findings.stream().map(finding -> host + ": " + finding).collect(Collectors.joining("\n"));
    }
}

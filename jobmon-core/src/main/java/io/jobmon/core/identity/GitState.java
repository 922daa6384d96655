package io.jobmon.core.identity;

/**
 * What git says of the checkout in the working directory.
 *
 * @param commit the commit's full hash; empty if it is not known
 * @param dirty whether tracked files differ from the commit
 * @param known whether there is a checkout, and git told in time
 */
public record GitState(String commit, boolean dirty, boolean known) {

    static final GitState UNKNOWN = new GitState("", false, false);

    /**
     * The state in words.
     *
     * @return "unknown", the commit, or the commit and " (dirty)"
     */
    public String text() {
        if (!known) {
            return "unknown";
        }
        return dirty ? commit + " (dirty)" : commit;
    }
}

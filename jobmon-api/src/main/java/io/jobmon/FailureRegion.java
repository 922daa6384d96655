package io.jobmon;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Where in the parameter space the failures of a group lie, if one to three conditions tell them from the successes. It says
 * where, not why.
 *
 * <p>How it is found. At most 20,000 failures of the group and 20,000 successes are looked at; of more, a sample that is the same
 * each time (those whose index has the smallest hash, SplitMix64), in at most 256 stretches of 65,536 experiments. Failures of
 * other groups are left out. The conditions are {@code parameter >= v}, {@code <= v} and {@code = v} for numbers, with v among the
 * values seen; {@code = v} and, of up to 100 different values, {@code in} two or three of them for all else; of the first 64
 * parameters. All single conditions that hold for at least 95 % of the failures are tried, pairs of the best 64 of these, and the
 * best 32 pairs with a third. That conjunction is taken that errs at the fewest points, where each condition more must pay for
 * itself (minimum description length).
 *
 * <p>It is claimed only if it holds for at least 95 % of the failures; if at least 95 % of the group's failures and of the
 * successes inside it are failures; and if it is significant: let N points have been looked at, K of them with a failure of the
 * group, n in the region, k both. If failures did not depend on the parameters, k would be hypergeometric. The chance of k or
 * more (Fisher's exact test, one-sided: R. A. Fisher, The Design of Experiments, 1935, chapter 2), times the number of all
 * conjunctions of so many conditions there are, not only of those tried (the Bonferroni inequality; O. J. Dunn, Multiple
 * comparisons among means, JASA 56, 1961), must be below 0.005 for one condition, 0.003 for two and 0.002 for three. So of sweeps
 * whose failures have nothing to do with the parameters, fewer than one in a hundred shows a region. Points are counted, not
 * replicates: a point that fails in all its replicates is one observation.
 *
 * @param conditions the conditions, all of which hold there
 * @param covered failures looked at that lie in the region
 * @param failures failures looked at
 * @param succeeded successes looked at that lie in the region
 * @param successes successes looked at
 * @param chance an upper bound of the probability of finding such a region by luck; 0 below 1e-300
 * @since 0.1
 */
public record FailureRegion(
        List<Condition> conditions, long covered, long failures, long succeeded, long successes, double chance) {

    /**
     * Copies the list.
     *
     * @param conditions the conditions
     * @param covered failures looked at that lie in the region
     * @param failures failures looked at
     * @param succeeded successes looked at that lie in the region
     * @param successes successes looked at
     * @param chance an upper bound of the probability of finding such a region by luck
     */
    public FailureRegion {
        conditions = List.copyOf(conditions);
    }

    /** How a condition compares. */
    public enum Relation {
        /** The parameter is at least the value. */
        AT_LEAST(">="),
        /** The parameter is at most the value. */
        AT_MOST("<="),
        /** The parameter is one of the values. */
        IN("=");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }
    }

    /**
     * One condition.
     *
     * @param parameter the parameter
     * @param relation how it compares
     * @param values with what: one value; of IN one to three
     */
    public record Condition(String parameter, Relation relation, List<Object> values) {

        /**
         * Copies the list.
         *
         * @param parameter the parameter
         * @param relation how it compares
         * @param values with what
         */
        public Condition {
            values = List.copyOf(values);
        }

        /**
         * The condition for people.
         *
         * @return such as {@code n >= 1000000}, {@code method = LU} or {@code method in (LU, QR)}
         */
        @Override
        public String toString() {
            if (values.size() == 1) {
                return parameter + " " + relation.sign + " " + values.get(0);
            }
            return parameter + " in "
                    + values.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
        }
    }

    /**
     * The region for people.
     *
     * @return such as {@code all 312 have n >= 1000000 and method = LU, and none of 4,120 successes}
     */
    @Override
    public String toString() {
        String where = conditions.stream().map(Condition::toString).collect(Collectors.joining(" and "));
        return (covered == failures ? "all " + count(failures) : count(covered) + " of " + count(failures))
                + " have " + where + ", and "
                + (succeeded == 0 ? "none" : count(succeeded))
                + " of " + count(successes) + (successes == 1 ? " success" : " successes");
    }

    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}

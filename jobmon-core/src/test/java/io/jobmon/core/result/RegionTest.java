package io.jobmon.core.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Axis;
import io.jobmon.FailureRegion;
import io.jobmon.FailureRegion.Relation;
import io.jobmon.Failures;
import io.jobmon.ParamSpace;
import io.jobmon.core.codec.ParameterType;
import io.jobmon.core.space.Space;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A planted region is found, noise shows none. */
class RegionTest {

    enum Method {
        CG,
        LU,
        QR,
        SVD
    }

    record Params(double p, long n, Method method, boolean sparse) {}

    private static final Space<Params> SPACE = Space.of(
            ParamSpace.grid()
                    .axis("p", Axis.linspace(0, 1, 11))
                    .axis("n", 10, 100, 1000, 10_000, 100_000, 1_000_000)
                    .axis("method", Method.CG, Method.LU, Method.QR, Method.SVD)
                    .axis("sparse", true, false),
            ParameterType.of(Params.class, "Job"));

    private static final int POINTS = (int) SPACE.size();

    private static Failures report(int replicates, java.util.function.LongToIntFunction outcome) {
        return FailureReport.of(new RuleSweep(POINTS, replicates, outcome), SPACE, 1_000_000);
    }

    private static Failures planted(int replicates, Predicate<Params> fails) {
        return report(replicates, index -> fails.test(SPACE.params(index % POINTS)) ? 0 : RuleSweep.SUCCESS);
    }

    private static FailureRegion region(Failures failures) {
        return failures.groups().get(0).region().orElseThrow(() -> new AssertionError("no region in " + failures));
    }

    private static String conditions(Failures failures) {
        return String.join(
                " and ",
                region(failures).conditions().stream()
                        .map(FailureRegion.Condition::toString)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void should_find_a_bound_of_a_number_when_it_is_planted(int replicates) {
        Failures failures = planted(replicates, params -> params.n >= 10_000);
        assertThat(conditions(failures)).isEqualTo("n >= 10000");
        FailureRegion region = region(failures);
        assertThat(region.covered()).isEqualTo(region.failures()).isEqualTo(POINTS * replicates / 2);
        assertThat(region.succeeded()).isZero();
        assertThat(region.successes()).isEqualTo(POINTS * replicates / 2);
        assertThat(region.chance()).isLessThan(1e-100);
        assertThat(conditions(planted(replicates, params -> params.p <= 0.3))).isEqualTo("p <= 0.3");
    }

    @Test
    void should_find_values_when_they_are_planted() {
        assertThat(conditions(planted(1, params -> params.n == 1000))).isEqualTo("n = 1000");
        assertThat(conditions(planted(1, params -> params.n == 1_000_000))).isEqualTo("n >= 1000000");
        assertThat(conditions(planted(1, params -> params.method == Method.LU))).isEqualTo("method = LU");
        assertThat(conditions(planted(1, params -> params.method == Method.LU || params.method == Method.SVD)))
                .isEqualTo("method in (LU, SVD)");
        assertThat(conditions(planted(1, params -> params.method != Method.LU))).isEqualTo("method in (CG, QR, SVD)");
        assertThat(conditions(planted(1, Params::sparse))).isEqualTo("sparse = true");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void should_find_two_conditions_when_both_are_needed(int replicates) {
        Failures failures = planted(replicates, params -> params.n >= 10_000 && params.method == Method.LU);
        assertThat(conditions(failures)).isEqualTo("n >= 10000 and method = LU");
        assertThat(conditions(planted(replicates, params -> params.p >= 0.2 && params.p <= 0.4)))
                .isEqualTo("p >= 0.2 and p <= 0.4");
    }

    @Test
    void should_find_three_conditions_when_all_are_needed() {
        assertThat(conditions(planted(1, params -> params.p >= 0.4 && params.n >= 1000 && params.method == Method.QR)))
                .isEqualTo("p >= 0.4 and n >= 1000 and method = QR");
    }

    @Test
    void should_say_nearly_when_a_few_stray_failures_lie_elsewhere() {
        Failures failures =
                planted(4, params -> params.n >= 1000 && params.method == Method.LU || params.equals(SPACE.params(0)));
        assertThat(conditions(failures)).isEqualTo("n >= 1000 and method = LU");
        assertThat(region(failures).covered()).isEqualTo(region(failures).failures() - 4);
        assertThat(region(failures).toString()).startsWith("352 of 356 have n >= 1000 and method = LU, and none of ");
    }

    @Test
    void should_say_nearly_when_a_few_succeed_inside() {
        Failures failures = report(10, index -> {
            Params params = SPACE.params(index % POINTS);
            return params.n >= 10_000 && Sample.hash(index) % 50 != 0 ? 0 : RuleSweep.SUCCESS;
        });
        assertThat(conditions(failures)).isEqualTo("n >= 10000");
        assertThat(region(failures).succeeded()).isBetween(1L, 100L);
    }

    @Test
    void should_explain_each_group_when_there_are_others() {
        Random random = new Random(3);
        boolean[] noise = new boolean[POINTS * 3];
        IntStream.range(0, noise.length).forEach(i -> noise[i] = random.nextInt(20) == 0);
        Failures failures = report(3, index -> {
            Params params = SPACE.params(index % POINTS);
            return noise[(int) index] ? 1 : params.n >= 10_000 && params.method == Method.LU ? 0 : RuleSweep.SUCCESS;
        });
        assertThat(failures.groups()).hasSize(2);
        for (Failures.Group group : failures) {
            if (group.cause().message().contains("singular")) {
                assertThat(group.region().map(region -> region.conditions().toString()))
                        .contains("[n >= 10000, method = LU]");
            } else {
                assertThat(group.region()).isEmpty();
            }
        }
    }

    @Test
    void should_claim_nothing_when_everything_fails() {
        Failures failures = planted(2, params -> true);
        assertThat(failures.groups())
                .singleElement()
                .satisfies(group -> assertThat(group.region()).isEmpty());
        assertThat(failures.toString()).contains("1,056 failures; nothing has succeeded");
    }

    @Test
    void should_claim_nothing_when_half_of_the_region_succeeds() {
        Random random = new Random(5);
        boolean[] heads = new boolean[POINTS * 4];
        IntStream.range(0, heads.length).forEach(i -> heads[i] = random.nextBoolean());
        Failures failures = report(
                4, index -> SPACE.params(index % POINTS).n >= 10_000 && heads[(int) index] ? 0 : RuleSweep.SUCCESS);
        assertThat(failures.groups().get(0).region()).isEmpty();
    }

    @Test
    void should_claim_nothing_when_one_point_fails_in_all_its_replicates() {
        Failures failures = planted(100, params -> params.equals(SPACE.params(100)));
        assertThat(failures.groups().get(0).count()).isEqualTo(100);
        assertThat(failures.groups().get(0).region()).isEmpty();
    }

    /** 600 sweeps, each with failures that have nothing to do with the parameters, by experiment and by point. */
    @Test
    void should_claim_nothing_when_failures_are_noise() {
        int claims = 0;
        for (int seed = 0; seed < 300; seed++) {
            Random random = random(seed);
            double share = Math.pow(10, -2.5 + 2.4 * random.nextDouble());
            int replicates = 1 + random.nextInt(3);
            boolean[] byPoint = noise(random, POINTS, share);
            boolean[] byIndex = noise(random, POINTS * replicates, share);
            claims += claims(report(replicates, i -> byPoint[(int) (i % POINTS)] ? 0 : RuleSweep.SUCCESS));
            claims += claims(report(replicates, i -> byIndex[(int) i] ? 0 : RuleSweep.SUCCESS));
        }

        assertThat(claims).isZero();
    }

    /** The smallest sweeps are the most likely to look like something. */
    @Test
    void should_claim_in_fewer_than_one_of_a_hundred_when_noisy_sweeps_are_small() {
        record Two(int a, String b) {}
        Space<Two> small = Space.of(
                ParamSpace.grid().axis("a", 1, 2, 3, 4, 5).axis("b", "x", "y", "z", "u"),
                ParameterType.of(Two.class, "Job"));
        int claims = 0;
        for (int seed = 0; seed < 3000; seed++) {
            Random random = random(seed);
            boolean[] noise = noise(random, 20, 0.05 + 0.9 * random.nextDouble());
            claims += claims(FailureReport.of(
                    new RuleSweep(20, 1, i -> noise[(int) i] ? 0 : RuleSweep.SUCCESS), small, 0));
        }

        assertThat(claims).isLessThan(30);
    }

    /** The first numbers of Random are nearly the same for neighbouring seeds. */
    private static Random random(int seed) {
        return new Random(Sample.hash(seed));
    }

    private static boolean[] noise(Random random, int size, double share) {
        boolean[] noise = new boolean[size];
        for (int i = 0; i < size; i++) {
            noise[i] = random.nextDouble() < share;
        }
        return noise;
    }

    private static int claims(Failures failures) {
        return (int) failures.groups().stream()
                .map(Failures.Group::region)
                .filter(Optional::isPresent)
                .count();
    }

    @Test
    void should_find_it_in_a_million_points_when_only_a_sample_is_looked_at() {
        record Big(int x, double y, int z) {}
        Space<Big> space = Space.of(
                ParamSpace.grid()
                        .axis("x", Axis.range(1, 1000, 1))
                        .axis("y", Axis.linspace(0, 1, 100))
                        .axis("z", Axis.range(1, 10, 1)),
                ParameterType.of(Big.class, "Job"));
        Failures failures = FailureReport.of(
                new RuleSweep(1_000_000, 1, index -> index / 1000 >= 700 && index % 10 < 4 ? 0 : RuleSweep.SUCCESS),
                space,
                0);
        Failures.Group group = failures.groups().get(0);
        assertThat(group.count()).isEqualTo(120_000);
        FailureRegion region = group.region().orElseThrow();
        assertThat(region.conditions())
                .extracting(FailureRegion.Condition::relation)
                .containsExactly(Relation.AT_LEAST, Relation.AT_MOST);
        assertThat(region.conditions().toString()).matches("\\[x >= 70[1-3], z <= 4]");
        assertThat(region.failures()).isEqualTo(20_000);
        assertThat(region.successes()).isEqualTo(20_000);
        assertThat(failures.toString()).contains("all 20,000 have").contains("(a sample of 120,000)");
    }

    @Test
    void should_explain_a_range_of_map_parameters_when_values_are_lists_and_numbers() {
        Space<Map<String, Object>> space = Space.of(
                ParamSpace.grid()
                        .axis("x", Axis.range(1, 30, 1))
                        .axis("layers", List.of(List.of(1, 2), List.of(3), List.of(4))),
                ParameterType.of(Map.class, "Job"));
        Failures failures =
                FailureReport.of(new RuleSweep(90, 1, index -> index % 3 == 1 ? 0 : RuleSweep.SUCCESS), space, 0);
        assertThat(region(failures).conditions().toString()).isEqualTo("[layers = [3]]");
    }
}

package io.jobmon.core.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Axis;
import io.jobmon.Failure;
import io.jobmon.Failures;
import io.jobmon.ParamSpace;
import io.jobmon.core.codec.ParameterType;
import io.jobmon.core.space.Space;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FailureReportTest {

    record Params(int x) {}

    private static final Space<Params> SPACE =
            Space.of(ParamSpace.grid().axis("x", Axis.range(0, 999, 1)), ParameterType.of(Params.class, "Job"));

    private static Failures report(FakeSweep sweep) {
        return FailureReport.of(sweep, SPACE, 1_700_000_000_000L);
    }

    @Test
    void should_group_causes_that_differ_in_numbers_only() {
        FakeSweep sweep = new FakeSweep(1000, 2000);
        sweep.causes.put(0, new Failure("E", "diverged at step 17", "at org.example.Job.run(Job.java:3)"));
        sweep.causes.put(1, new Failure("E", "diverged at step 4", "at org.example.Job.run(Job.java:3)"));
        sweep.causes.put(2, new Failure("E", "no such file", ""));
        sweep.dead(1007, 0).dead(5, 1).dead(9, 2).put(10, "[1]");

        Failures failures = report(sweep);

        assertThat(failures.total()).isEqualTo(3);
        assertThat(failures.succeeded()).isEqualTo(1);
        assertThat(failures.groups()).hasSize(2);
        Failures.Group group = failures.groups().get(0);
        assertThat(group.count()).isEqualTo(2);
        assertThat(group.cause().message()).isEqualTo("diverged at step 4");
        assertThat(group.examples()).containsExactly(5L, 1007L);
        assertThat(group.smallest().index()).isEqualTo(5);
        assertThat(group.smallest().point().getLong("x")).isEqualTo(5);
        assertThat(group.smallest().replicate()).isZero();
        assertThat(group.first()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L + 5000 + 500));
        assertThat(group.last()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L + 1_007_000 + 500));
        assertThat(group.replay()).isEqualTo("sweep.replay(5)");
    }

    @Test
    void should_print_what_a_person_needs() {
        FakeSweep sweep = new FakeSweep(1000, 2000);
        sweep.causes.put(
                0, new Failure("java.lang.IllegalStateException", "boom\n  and more", "at a.B.c(B.java:1)\nat d"));
        for (int i = 0; i < 12; i++) {
            sweep.dead(1900 + i, 0);
        }
        sweep.put(3, "[1]");
        sweep.outputs.put(1901L, "{\"stdout\":\"hello\",\"stderr\":\"one\\ntwo\\n\\nthree\\nfour\\n\"}");

        Failures failures = report(sweep);

        assertThat(failures.groups().get(0).cause().stdout()).isEqualTo("hello");
        assertThat(failures.toString()).isEqualTo("""
                12 failures
                  12 x java.lang.IllegalStateException: boom | and more
                      at a.B.c(B.java:1)
                      stderr: two | three | four
                      index 1900, 1901, 1902, 1903, 1904, 1905, 1906, 1907, 1908, 1909, ...
                      first at 2023-11-14T22:45:00Z, last at 2023-11-14T22:45:11Z
                      sweep.replay(1900) runs one here: x=900, replicate 1""");
    }

    @Test
    void should_show_the_biggest_twenty_groups_when_there_are_more() {
        FakeSweep sweep = new FakeSweep(1000, 1000);
        for (int cause = 0; cause < 57; cause++) {
            sweep.causes.put(cause, new Failure("E" + "x".repeat(cause), "", ""));
            sweep.dead(cause, cause);
        }
        sweep.dead(500, 30);

        Failures failures = report(sweep);

        assertThat(failures.groups()).hasSize(57);
        assertThat(failures.groups().get(0).examples()).containsExactly(30L, 500L);
        assertThat(failures.toString())
                .startsWith("58 failures in 57 groups; nothing has succeeded\n  2 x E")
                .endsWith("\n  and 37 more groups");
        assertThat(failures.toString().split("sweep.replay", -1)).hasSize(21);
    }

    @Test
    void should_count_a_dead_letter_once_when_it_is_told_twice() {
        FakeSweep sweep = new FakeSweep(1000, 1000);
        sweep.causes.put(0, new Failure("E", "", ""));
        sweep.dead(7, 0).dead(8, 0);
        sweep.twice = true;

        assertThat(report(sweep).total()).isEqualTo(2);
        assertThat(FailureReport.mostFrequent(sweep)).contains("2 x E");
    }

    @Test
    void should_say_so_when_there_are_none() {
        Failures failures = report(new FakeSweep(1000, 1000).put(1, "[1]"));
        assertThat(failures.groups()).isEmpty();
        assertThat(failures).hasToString("no failures");
        assertThat(FailureReport.mostFrequent(new FakeSweep(1000, 1000))).isEmpty();
    }

    @Test
    void should_take_the_same_sample_whatever_the_order() {
        Sample up = new Sample(100);
        Sample down = new Sample(100);
        for (int i = 0; i < 10_000; i++) {
            up.add(i);
            down.add(9_999 - i);
        }
        assertThat(up.sorted()).hasSize(100).isEqualTo(down.sorted());
        assertThat(up.seen()).isEqualTo(10_000);
        // No rhythm: each residue of 10 gets about its share.
        for (int r = 0; r < 10; r++) {
            int residue = r;
            assertThat(Arrays.stream(up.sorted()).filter(i -> i % 10 == residue).count())
                    .isBetween(2L, 20L);
        }
    }
}

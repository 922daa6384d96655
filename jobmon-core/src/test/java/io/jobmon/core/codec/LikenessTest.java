package io.jobmon.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikenessTest {

    private static String message(String text) {
        return Likeness.of("E", text, "");
    }

    private static String stack(String... frames) {
        return Likeness.of("E", "", String.join("\n", frames));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "step 17 of 20, residual 1.5e-7 | step 3 of 4, residual -2E+10",
                "energy is NaN. | energy is 2.5.",
                "energy is -Infinity at 3 | energy is 1,000.5 at 4",
                "run 123e4567-e89b-12d3-a456-426614174000 is lost | run 00000000-0000-0000-0000-00000000000a is lost",
                "no blob 9f86d081884c7d65 in store | no blob 2c26b46b68ffc68f in store",
                "cannot lock org.example.Grid@1b6d3586 | cannot lock org.example.Grid@7c",
                "SIGSEGV at 0x00007f3a | SIGSEGV at 0xdead",
                "cannot write /tmp/jobmon-12-345/out.csv | cannot write /tmp/jobmon-9-8/deep/er/out.txt",
                "no space: /var/folders/zz/x1/T/a | no space: /var/folders/qq/T/b",
                "no C:\\Users\\me\\AppData\\Local\\Temp\\a1\\b | no C:\\Users\\you\\AppData\\Local\\Temp\\c",
                "Foo$$Lambda/0x0000000801 failed | Foo$$Lambda$14/0x1 failed",
                "a  b | a b"
            })
    void should_be_alike_when_only_numbers_ids_and_temporary_paths_differ(String one, String other) {
        assertThat(message(one)).isEqualTo(message(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "matrix is singular | matrix is not square",
                "cannot read /data/a.csv | cannot read /data/b.csv",
                "bad face value | bad cafe value",
                "effaced | defaced"
            })
    void should_differ_when_words_differ(String one, String other) {
        assertThat(message(one)).isNotEqualTo(message(other));
    }

    @Test
    void should_tell_types_apart() {
        assertThat(Likeness.of("A", "m", "s")).isNotEqualTo(Likeness.of("B", "m", "s"));
    }

    @Test
    void should_look_at_own_frames_only_when_there_are_some() {
        assertThat(stack(
                        "at java.base/java.util.ArrayList.get(ArrayList.java:427)",
                        "at org.example.Job.run(Job.java:7)"))
                .isEqualTo(stack("at app//org.example.Job.run(Job.java:7)").replace("app//", ""))
                .isEqualTo(stack("at jdk.internal.X.y(X.java:1)", "at org.example.Job.run(Job.java:8)"));
        assertThat(stack("at java.base/java.lang.Integer.parseInt(Integer.java:1)"))
                .isNotEqualTo(stack("at java.base/java.lang.Long.parseLong(Long.java:1)"));
        assertThat(stack("at org.example.A.run(A.java:1)")).isNotEqualTo(stack("at org.example.B.run(B.java:1)"));
    }

    @Test
    void should_be_alike_when_a_recursion_ends_at_another_of_its_frames() {
        String a = "at org.example.Job.even(Job.java:3)";
        String b = "at org.example.Job.odd(Job.java:4)";
        String type = "java.lang.StackOverflowError";
        assertThat(Likeness.of(type, "", String.join("\n", a, b, a, b)))
                .isEqualTo(Likeness.of(type, "", String.join("\n", b, a, b)));
    }

    @Test
    void should_take_bounded_time_when_the_text_is_long() {
        assertThat(message("a1".repeat(5_000_000))).hasSizeLessThan(10_000);
    }
}

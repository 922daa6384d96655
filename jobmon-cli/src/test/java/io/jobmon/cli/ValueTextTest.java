package io.jobmon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Axis;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTextTest {

    private static List<Object> values(String text) {
        Axis axis = ValueText.axis("k", text);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < axis.size(); i++) {
            values.add(axis.value(i));
        }
        return values;
    }

    @Test
    void should_have_both_ends_when_a_number_of_values_is_given() {
        assertThat(values("0.1..2.0/20")).hasSize(20).startsWith(0.1, 0.2, 0.3).endsWith(2.0);
        assertThat(values("-1..1/3")).containsExactly(-1.0, 0.0, 1.0);
        assertThat(values("2..1/2")).containsExactly(2.0, 1.0);
        assertThat(values("1e-3..1e-2/2")).containsExactly(0.001, 0.01);
    }

    @Test
    void should_count_when_whole_numbers_are_the_ends() {
        assertThat(values("1..5")).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(values("-2..0")).containsExactly(-2L, -1L, 0L);
        assertThat(values("3..1")).containsExactly(3L, 2L, 1L);
        assertThat(values("4..4")).containsExactly(4L);
    }

    @Test
    void should_step_when_a_step_is_given() {
        assertThat(values("1..9:2")).containsExactly(1L, 3L, 5L, 7L, 9L);
        assertThat(values("0..0.3:0.1")).containsExactly(0.0, 0.1, 0.2, 0.3);
        assertThat(values("10..0:-5")).containsExactly(10L, 5L, 0L);
    }

    @Test
    void should_be_even_in_the_logarithm_when_log_is_written() {
        assertThat(values("log(1e-3,1,4)")).containsExactly(0.001, 0.01, 0.1, 1.0);
        assertThat(values("log( 1 , 100 , 3 )")).containsExactly(1.0, 10.0, 100.0);
    }

    @Test
    void should_type_each_value_when_listed() {
        assertThat(values("0.1,0.2")).containsExactly(0.1, 0.2);
        assertThat(values("low, high")).containsExactly("low", "high");
        assertThat(values("true,false")).containsExactly(true, false);
        assertThat(values("'1', \"true\",x")).containsExactly("1", "true", "x");
        assertThat(values("2,5..7,log(10,100,2),0..1/3")).containsExactly(2L, 5L, 6L, 7L, 10.0, 100.0, 0.0, 0.5, 1.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'1'|1",
                "\"1..5\"|1..5",
                "'a,b'|a,b",
                "''|``",
                "007|007",
                "1.2.3|1.2.3",
                "0x10|0x10",
                "1d|1d",
                "NaN|NaN",
                "a=b|a=b",
                "(1,2)|(1,2)",
                "don't|don't",
            })
    void should_be_text_when_quoted_or_no_number(String typed, String text) {
        assertThat(values(typed)).containsExactly(text);
    }

    @ParameterizedTest
    @CsvSource({"5,5.0", "-0.5,-0.5", ".5,0.5", "5.,5.0", "1e3,1000.0", "1.5E-3,0.0015"})
    void should_be_a_number_when_it_looks_like_one(String typed, double number) {
        assertThat(((Number) values(typed).get(0)).doubleValue()).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0.1..2|k=0.1..2: how many values, or which step? Write 0.1..2/11 or 0.1..2:0.1.",
                "1,,2|a value is missing",
                "1,|a value is missing",
                "log(1,2)|is no range",
                "log(0,1,3)|k=log(0,1,3): ",
                "1..2/x|is no range",
                "1..2/0.5|is no number of values",
                "1..2/99999999999|is no number of values",
                "'a|is not closed",
                "'a'b|behind the closing quote",
                "99999999999999999999|beyond 64 bits",
                "1,1|k=1,1: ",
                "1,x|of different kinds",
                "1..5:0|k=1..5:0: ",
                "5..1:1|k=5..1:1: ",
            })
    void should_say_what_to_write_when_it_cannot_be_read(String typed, String message) {
        assertThatThrownBy(() -> values(typed))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith("k=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void should_be_refused_when_empty(String typed) {
        assertThatThrownBy(() -> values(typed))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("''");
    }
}

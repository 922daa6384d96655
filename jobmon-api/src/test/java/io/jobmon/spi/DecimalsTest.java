package io.jobmon.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "2e23, 2E+23",
        "2.2250738585072014e-308, 2.2250738585072014E-308",
        "4.9e-324, 5E-324",
        "1.7976931348623157e308, 1.7976931348623157E+308",
        "9007199254740993, 9007199254740992",
        "8.41e21, 8.41E+21",
        "2.0e-3, 0.002",
        "5.684341886080802e-14, 5.684341886080802E-14",
        "1e15, 1E+15",
        "0, 0",
        "-1200, -1.2E+3"
    })
    void should_take_the_fewest_digits_when_a_double_is_read(double value, String decimal) {
        assertThat(Decimals.shortest(value)).isEqualTo(new BigDecimal(decimal));
    }

    @Test
    void should_read_back_when_any_double_is_made_decimal() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                BigDecimal decimal = Decimals.shortest(value);
                assertThat(decimal.doubleValue()).isEqualTo(value);
                assertThat(decimal.precision())
                        .isLessThanOrEqualTo(new BigDecimal(Double.toString(value))
                                .stripTrailingZeros()
                                .precision());
                assertThat(Decimals.isShortest(decimal)).isTrue();
            }
        }
    }

    @Test
    void should_be_told_apart_when_a_decimal_is_no_shortest_one() {
        assertThat(Decimals.isShortest(new BigDecimal("0.10"))).isFalse();
        assertThat(Decimals.isShortest(new BigDecimal("0.1000000000000000055511151231257827")))
                .isFalse();
        assertThat(Decimals.isShortest(new BigDecimal("1e999999999"))).isFalse();
        assertThat(Decimals.isShortest(new BigDecimal("1e-999999999"))).isFalse();
        assertThat(Decimals.isShortest(new BigDecimal("1e309"))).isFalse();
    }

    @Test
    void should_agree_with_decimal_arithmetic_when_one_division_does_it() {
        Random random = new Random(11);
        for (int i = 0; i < 3000; i++) {
            BigDecimal from = BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, random.nextInt(7))
                    .stripTrailingZeros();
            BigDecimal to = from.add(BigDecimal.valueOf(1 + random.nextInt(1_000_000), random.nextInt(7)))
                    .stripTrailingZeros();
            int n = 2 + random.nextInt(2000);
            LinearValues values = LinearValues.ofEnds(from, to, n);
            for (int k = 0; k < 20; k++) {
                int index = random.nextInt(n);
                assertThat(values.at(index)).isEqualTo(values.atInDecimal(index));
            }
        }
    }

    @Test
    void should_have_34_right_digits_when_roots_are_taken() {
        BigDecimal from = BigDecimal.ONE;
        BigDecimal to = new BigDecimal("1E+10");
        double expected = BigDecimal.TEN.sqrt(new MathContext(34)).doubleValue();
        assertThat(new LogValues(from, to, 21).at(1)).isEqualTo(expected);
        assertThat(new LogValues(from, to, 2_000_000_001).at(100_000_000)).isEqualTo(expected);
    }

    @Test
    void should_refuse_when_a_specification_makes_no_axis() {
        BigDecimal one = BigDecimal.ONE;
        BigDecimal two = BigDecimal.valueOf(2);
        assertThatThrownBy(() -> new AxisSpec.LongRange(0, 1, 0)).isInstanceOf(JobMonException.class);
        assertThatThrownBy(() -> new AxisSpec.LongRange(0, 0, 1)).isInstanceOf(JobMonException.class);
        assertThatThrownBy(() -> new AxisSpec.LongRange(Long.MAX_VALUE, 1, 2))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("9223372036854775808");
        assertThatThrownBy(() -> new AxisSpec.DecimalRange(one, BigDecimal.ZERO, 2))
                .isInstanceOf(JobMonException.class);
        assertThatThrownBy(() -> new AxisSpec.DecimalRange(one, new BigDecimal("1E+308"), 3))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("too large");
        assertThatThrownBy(() -> new AxisSpec.DecimalRange(new BigDecimal("1.0"), one, 3))
                .isInstanceOf(JobMonException.class);
        assertThatThrownBy(() -> new AxisSpec.Linspace(one, two, 1)).isInstanceOf(JobMonException.class);
        assertThatThrownBy(() -> new AxisSpec.Linspace(one, one, 2)).isInstanceOf(JobMonException.class);
        assertThatThrownBy(() -> new AxisSpec.Logspace(one, two.negate(), 2)).isInstanceOf(JobMonException.class);
    }
}

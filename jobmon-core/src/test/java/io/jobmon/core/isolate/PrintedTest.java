package io.jobmon.core.isolate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintedTest {

    private static Printed read(Printed printed, String text) {
        printed.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return printed;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1000, 1001, 65_535, 65_536, 65_537, 200_000, 1_000_000})
    void should_keep_the_first_or_the_last_bytes_when_there_are_more(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Printed head = Printed.head(1000);
        Printed tail = Printed.tail(70_000);

        head.read(new ByteArrayInputStream(bytes));
        tail.read(new ByteArrayInputStream(bytes));

        assertThat(head.total()).isEqualTo(size);
        assertThat(tail.total()).isEqualTo(size);
        assertThat(head.bytes()).isEqualTo(Arrays.copyOf(bytes, Math.min(size, 1000)));
        assertThat(tail.bytes()).isEqualTo(Arrays.copyOfRange(bytes, Math.max(0, size - 70_000), size));
    }

    @Test
    void should_begin_with_a_whole_character_when_the_end_is_cut() {
        Printed printed = read(Printed.tail(1000), "aäöü");

        assertThat(printed.end(4)).isEqualTo("öü");
        assertThat(printed.end(5)).isEqualTo("öü");
        assertThat(printed.end(100)).isEqualTo("aäöü");
    }

    @Test
    void should_show_bytes_as_hex_when_they_are_no_text() {
        Printed printed = Printed.head(100);
        printed.read(new ByteArrayInputStream(new byte[] {'a', (byte) 0xff, 0}));

        assertThat(printed.utf8()).isEmpty();
        assertThat(printed.beginning(20)).isEqualTo("a\\xff\\x00");
        assertThat(read(Printed.head(100), "ü\n\u0007x").beginning(3)).isEqualTo("ü\\n\\x07");
    }
}

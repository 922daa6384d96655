package io.jobmon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void should_align_numbers_right_and_texts_left_when_printed() {
        Table table = new Table("name", "size", "rate");
        table.row("flu", 5, "1.50/s");
        table.row("percolation", "1,000", "-");

        assertThat(table.toString().lines())
                .containsExactly(
                        "name          size    rate", //
                        "flu              5  1.50/s",
                        "percolation  1,000       -");
    }

    @Test
    void should_leave_nothing_behind_the_last_text_when_columns_differ() {
        Table table = new Table("a", "text");
        table.row(1, "long text");
        table.row(2, "b");

        assertThat(table.toString()).isEqualTo("a  text\n1  long text\n2  b");
    }

    @Test
    void should_be_one_line_without_control_characters_when_a_cell_holds_some() {
        Table table = new Table("text");
        table.row("a\nb\u001b[31mc");

        assertThat(table.toString()).isEqualTo("text\na b?[31mc");
    }

    @Test
    void should_be_clean_too_when_names_and_rows_are_lists() {
        Table table = new Table(List.of("a\u001b[2J", "b"));
        table.row(List.of("\u009b31m", "c\rd"));

        assertThat(table.toString()).isEqualTo("a?[2J  b\n?31m   c d");
    }

    @Test
    void should_count_letters_when_they_are_beyond_16_bits() {
        Table table = new Table("name", "x");
        table.row("\ud83d\ude00\ud83d\ude00", "y");

        assertThat(table.toString()).isEqualTo("name  x\n\ud83d\ude00\ud83d\ude00    y");
    }

    @Test
    void should_refuse_when_a_row_has_other_columns() {
        Table table = new Table("a", "b");

        assertThatThrownBy(() -> table.row(List.of("1"))).isInstanceOf(IllegalArgumentException.class);
    }
}

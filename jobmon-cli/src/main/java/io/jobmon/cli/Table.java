package io.jobmon.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Aligned columns: numbers to the right, texts to the left. For one thread. */
final class Table {

    private static final String NUMBER = "[-+]?[\\d,]*\\.?\\d+([eE][-+]?\\d+)?(/s| s)?|-|NaN|-?Infinity";

    private final List<List<String>> rows = new ArrayList<>();
    private final int columns;

    Table(String... head) {
        this(List.of(head));
    }

    Table(List<String> head) {
        columns = head.size();
        rows.add(cleaned(head));
    }

    Table row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell instanceof Double number ? Texts.number(number) : String.valueOf(cell));
        }
        return row(row);
    }

    Table row(List<String> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException(cells + " are not " + columns + " cells");
        }
        rows.add(cleaned(cells));
        return this;
    }

    /** Much of it comes from Redis. */
    private static List<String> cleaned(List<String> cells) {
        return cells.stream().map(Texts::line).toList();
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    void print(PrintStream out) {
        out.println(this);
    }

    @Override
    public String toString() {
        int[] width = new int[columns];
        boolean[] right = new boolean[columns];
        for (int i = 0; i < columns; i++) {
            right[i] = rows.size() > 1;
            for (int r = 0; r < rows.size(); r++) {
                String cell = rows.get(r).get(i);
                width[i] = Math.max(width[i], cell.codePointCount(0, cell.length()));
                right[i] &= r == 0 || cell.isEmpty() || cell.matches(NUMBER);
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = row.get(i);
                String room = " ".repeat(width[i] - cell.codePointCount(0, cell.length()));
                line.append(i == 0 ? "" : "  ").append(right[i] ? room + cell : cell + room);
            }
            text.append(text.isEmpty() ? "" : "\n").append(line.toString().stripTrailing());
        }
        return text.toString();
    }
}

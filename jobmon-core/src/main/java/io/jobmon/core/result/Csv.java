package io.jobmon.core.result;

import io.jobmon.CsvColumns;
import io.jobmon.core.codec.Column;
import io.jobmon.core.codec.Json;
import io.jobmon.core.codec.OutcomeType;
import io.jobmon.core.queue.StoredBlock;
import io.jobmon.core.queue.SweepReader;
import io.jobmon.core.space.Space;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Results as RFC 4180, lines ending with a line feed. For one thread. */
final class Csv<P, R> implements NewFile.Content {

    private static final List<String> RUN = List.of("attempts", "elapsed", "worker");

    private final SweepReader reader;
    private final Space<P> space;
    private final OutcomeType<R> outcome;
    private final boolean run;

    Csv(SweepReader reader, Space<P> space, OutcomeType<R> outcome, CsvColumns columns) {
        this.reader = reader;
        this.space = space;
        this.outcome = outcome;
        this.run = columns == CsvColumns.WITH_RUN;
    }

    @Override
    public void to(Writer out) throws IOException {
        if (outcome.open()) {
            maps(out);
            return;
        }
        List<Column<R>> columns = outcome.columns();
        header(out, columns.stream().map(Column::name).toList());
        each((block, i, value) -> {
            StringBuilder line = start(block, i);
            for (Column<R> column : columns) {
                cell(line.append(','), column.cell().apply(value));
            }
            end(out, line, block, i);
        });
    }

    /** Only the data tell which keys maps have: a first reading finds them, a second one writes those same results. */
    private void maps(Writer out) throws IOException {
        Set<String> names = new TreeSet<>();
        Seen seen = new Seen(reader.size());
        each((block, i, value) -> {
            seen.add(block.block() * StoredBlock.SIZE + i);
            names.addAll(outcome.cells(value).keySet());
        });
        header(out, List.copyOf(names));
        each((block, i, value) -> {
            if (seen.given(block.block() * StoredBlock.SIZE + i)) {
                StringBuilder line = start(block, i);
                Map<String, String> cells = outcome.cells(value);
                names.forEach(name -> cell(line.append(','), cells.getOrDefault(name, "")));
                end(out, line, block, i);
            }
        });
    }

    private interface Row<R> {
        void of(StoredBlock block, int i, R value) throws IOException;
    }

    private void each(Row<R> row) throws IOException {
        Outcomes<R> values = new Outcomes<>(outcome);
        BlockFeed feed = new BlockFeed(reader, new Bitmap(reader));
        while (feed.hasNext()) {
            StoredBlock block = feed.next();
            values.open(block);
            for (int i = 0; i < StoredBlock.SIZE; i++) {
                if (block.state(i) == StoredBlock.RESULT) {
                    row.of(block, i, values.value(i));
                }
            }
        }
    }

    private void header(Writer out, List<String> columns) throws IOException {
        Set<String> taken = new HashSet<>(List.of("index", "replicate"));
        StringBuilder line = new StringBuilder("index");
        for (String name : space.names()) {
            cell(line.append(','), unique("parameter.", name, taken));
        }
        line.append(",replicate");
        for (String name : columns) {
            cell(line.append(','), unique("result.", name, taken));
        }
        if (run) {
            for (String name : RUN) {
                line.append(',').append(unique("run.", name, taken));
            }
        }
        out.append(line.append('\n'));
    }

    private static String unique(String prefix, String name, Set<String> taken) {
        String unique = name;
        while (!taken.add(unique)) {
            unique = prefix + unique;
        }
        return unique;
    }

    private StringBuilder start(StoredBlock block, int i) {
        long index = block.block() * StoredBlock.SIZE + i;
        StringBuilder line = new StringBuilder().append(index);
        for (Object parameter : space.values(space.pointOf(index)).values()) {
            cell(line.append(','), parameter(parameter));
        }
        return line.append(',').append(space.replicateOf(index));
    }

    private void end(Writer out, StringBuilder line, StoredBlock block, int i) throws IOException {
        if (run) {
            line.append(',').append(block.attempts(i)).append(',');
            line.append(BigDecimal.valueOf(block.wallMicros(i), 6).toPlainString())
                    .append(',');
            cell(line, reader.worker(block.worker(i)));
        }
        out.append(line.append('\n'));
    }

    private static String parameter(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double number) {
            return Json.number(number);
        }
        boolean plain = value instanceof String || value instanceof Character || value instanceof Enum<?>;
        return plain ? String.valueOf(value instanceof Enum<?> constant ? constant.name() : value) : Json.text(value);
    }

    private static void cell(StringBuilder line, String text) {
        if (text.indexOf(',') < 0 && text.indexOf('"') < 0 && text.indexOf('\n') < 0 && text.indexOf('\r') < 0) {
            line.append(text);
        } else {
            line.append('"').append(text.replace("\"", "\"\"")).append('"');
        }
    }
}

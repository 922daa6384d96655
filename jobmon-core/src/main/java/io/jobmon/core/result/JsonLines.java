package io.jobmon.core.result;

import io.jobmon.core.codec.Json;
import io.jobmon.core.codec.OutcomeType;
import io.jobmon.core.queue.StoredBlock;
import io.jobmon.core.queue.SweepReader;
import io.jobmon.core.space.Space;
import java.io.IOException;
import java.io.Writer;

/** Results as one JSON object a line. For one thread. */
final class JsonLines<P, R> implements NewFile.Content {

    private final SweepReader reader;
    private final Space<P> space;
    private final OutcomeType<R> outcome;

    JsonLines(SweepReader reader, Space<P> space, OutcomeType<R> outcome) {
        this.reader = reader;
        this.space = space;
        this.outcome = outcome;
    }

    @Override
    public void to(Writer out) throws IOException {
        Outcomes<R> values = new Outcomes<>(outcome);
        BlockFeed feed = new BlockFeed(reader, new Bitmap(reader));
        while (feed.hasNext()) {
            StoredBlock block = feed.next();
            values.open(block);
            for (int i = 0; i < StoredBlock.SIZE; i++) {
                if (block.state(i) == StoredBlock.RESULT) {
                    line(out, block.block() * StoredBlock.SIZE + i, values.value(i));
                }
            }
        }
    }

    private void line(Writer out, long index, R value) throws IOException {
        out.append("{\"index\":").append(Long.toString(index));
        out.append(",\"params\":").append(Json.text(space.values(space.pointOf(index))));
        out.append(",\"replicate\":").append(Integer.toString(space.replicateOf(index)));
        out.append(",\"value\":").append(outcome.json(value)).append("}\n");
    }
}

package io.jobmon.core.queue;

import java.nio.charset.StandardCharsets;

/** A result in an open block: {@code start.wall.attempt.worker|[positional values]}, the numbers in base 36. */
final class OpenRecord {

    private OpenRecord() {}

    static byte[] write(long start, long wall, int attempt, int worker, byte[] value) {
        byte[] prefix = (Long.toString(Math.max(0, start), 36)
                        + '.'
                        + Long.toString(Math.max(0, wall), 36)
                        + '.'
                        + Integer.toString(attempt, 36)
                        + '.'
                        + Integer.toString(worker, 36)
                        + '|')
                .getBytes(StandardCharsets.US_ASCII);
        byte[] record = new byte[prefix.length + value.length];
        System.arraycopy(prefix, 0, record, 0, prefix.length);
        System.arraycopy(value, 0, record, prefix.length, value.length);
        return record;
    }

    /** Adds a record to a block. */
    static void read(StoredBlock block, int i, byte[] record) {
        int bar = 0;
        while (record[bar] != '|') {
            bar++;
        }
        String[] numbers = new String(record, 0, bar, StandardCharsets.US_ASCII).split("\\.");
        byte[] value = new byte[record.length - bar - 1];
        System.arraycopy(record, bar + 1, value, 0, value.length);
        block.result(
                i,
                Long.parseLong(numbers[0], 36),
                Long.parseLong(numbers[1], 36),
                Integer.parseInt(numbers[2], 36),
                Integer.parseInt(numbers[3], 36),
                value);
    }
}

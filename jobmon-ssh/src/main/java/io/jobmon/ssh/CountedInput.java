package io.jobmon.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how many bytes have been read. For one thread. */
final class CountedInput extends FilterInputStream {

    private final LongConsumer listener;
    private long count;

    CountedInput(InputStream from, LongConsumer listener) {
        super(from);
        this.listener = listener;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count(read);
        return read;
    }

    private void count(int bytes) {
        if (bytes > 0) {
            count += bytes;
            listener.accept(count);
        }
    }
}

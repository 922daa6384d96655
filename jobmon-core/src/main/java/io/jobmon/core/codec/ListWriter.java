package io.jobmon.core.codec;

import io.jobmon.core.codec.Conversion.Unfit;
import org.jspecify.annotations.Nullable;

/** Appends positional lists to a buffer. For one thread. */
final class ListWriter<R> implements OutcomeType.Writer<R> {

    private final Form form;
    private final String job;
    private final String typeName;

    private final Bytes out = new Bytes(OutcomeType.LIMIT);
    private final Form.Position position = new Form.Position();

    ListWriter(Form form, String job, String typeName) {
        this.form = form;
        this.job = job;
        this.typeName = typeName;
    }

    @Override
    public void write(@Nullable R value) {
        if (value == null) {
            throw new OutcomeException(job + " returned null; return a value of type " + typeName + ".", null);
        }
        int before = out.size();
        boolean written = false;
        position.component = "";
        try {
            out.begin();
            out.write('[');
            form.write(value, out, position);
            out.write(']');
            out.end("The result of " + job);
            written = true;
        } catch (Unfit e) {
            throw new OutcomeException("The result of " + job + " cannot be stored: " + e.reason() + ".", null);
        } catch (Throwable e) {
            throw Refusals.writing("The result of " + job, position.component, e);
        } finally {
            if (!written) {
                out.truncate(before);
            }
        }
    }

    @Override
    public int size() {
        return out.size();
    }

    @Override
    public byte[] take() {
        return out.take();
    }

    @Override
    public void reset() {
        out.truncate(0);
    }

    @Override
    public void truncate(int size) {
        out.truncate(size);
    }
}

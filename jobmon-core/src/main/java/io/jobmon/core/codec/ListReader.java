package io.jobmon.core.codec;

import io.jobmon.JobMonException;
import io.jobmon.core.codec.Conversion.Unfit;

/** Reads concatenated positional lists. For one thread. */
final class ListReader<R> implements OutcomeType.Reader<R> {

    private final Form form;
    private final String job;
    private final String typeName;

    private final Scan in = new Scan();
    private final Form.Position position = new Form.Position();

    ListReader(Form form, String job, String typeName) {
        this.form = form;
        this.job = job;
        this.typeName = typeName;
    }

    @Override
    public void over(byte[] buffer, int offset, int length) {
        in.over(buffer, offset, length);
    }

    @Override
    @SuppressWarnings("unchecked")
    public R next() {
        position.component = "";
        try {
            in.expect('[');
            Object value = form.read(in, position);
            in.expect(']');
            if (value == null) {
                throw new Unfit("it is null");
            }
            return (R) value;
        } catch (Throwable e) {
            if (e instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
                throw error;
            }
            throw unreadable(e);
        }
    }

    private JobMonException unreadable(Throwable e) {
        String where = position.component.isEmpty() ? "" : " at '" + position.component + "'";
        return new JobMonException(
                "A stored result of " + job + " does not fit " + typeName + where + ": "
                        + (e instanceof Unfit unfit ? unfit.reason() : Refusals.reason(e))
                        + ". Read it with the job that wrote it.",
                e instanceof Unfit ? null : e);
    }
}

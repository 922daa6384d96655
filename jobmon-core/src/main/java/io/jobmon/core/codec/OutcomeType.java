package io.jobmon.core.codec;

import io.jobmon.JobMonException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * The type of a job's outcome: how a value is stored as a positional list, read back, and laid out in columns. All that is
 * reflective is done once, in {@link #of}.
 *
 * <p>Thread safety: immutable; its writers and readers are for one thread each.
 *
 * @param <R> the outcome
 */
public final class OutcomeType<R> {

    /** The most bytes of JSON that one value may take. */
    public static final int LIMIT = 256 * 1024;

    private final String job;
    private final String typeName;
    private final Form form;
    private final boolean open;
    private final Fields fields;
    private final JavaType type;

    private OutcomeType(String job, JavaType type, Form form) {
        this.job = job;
        this.typeName = type.getRawClass().getSimpleName();
        this.form = form;
        this.open = Map.class.isAssignableFrom(type.getRawClass());
        this.fields = new Fields(job, type);
        this.type = type;
    }

    /**
     * Looks at a type.
     *
     * @param type a record, a bean, a scalar, an enum, String, a list, an array, a map, or a sealed interface of records
     * @param jobName the job, for messages
     * @param <R> the outcome
     * @return the type
     * @throws JobMonException if it is none of these, or its module is closed
     */
    public static <R> OutcomeType<R> of(Type type, String jobName) {
        JavaType resolved = Types.of(type);
        if (type instanceof TypeVariable<?> || !usable(resolved)) {
            throw new JobMonException("The outcome of " + jobName + " is of type " + type.getTypeName()
                    + "; make it a record, a class with a constructor without arguments and getters and setters, a number,"
                    + " a boolean, an enum, a String, a list, an array, a map, or a sealed interface that permits only"
                    + " records.");
        }
        Readability.check(resolved, jobName);
        return new OutcomeType<>(jobName, resolved, Form.of(resolved));
    }

    /**
     * What a job of any type has stored, read as names and values: for who has not got its code.
     *
     * @param shape what {@link #shape} said when the job was posted, or an empty text
     * @param jobName the job, for messages
     * @return the type
     */
    public static OutcomeType<Map<String, Object>> stored(String shape, String jobName) {
        Object tree = shape.isEmpty() ? null : Json.parse(shape);
        return new OutcomeType<>(jobName, StoredForm.type(), new StoredForm(tree));
    }

    /**
     * How the values are laid out, for {@link #stored}.
     *
     * @return JSON, or an empty text
     */
    public String shape() {
        Object shape = form.shape();
        return shape == null ? "" : Json.text(shape);
    }

    private static boolean usable(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw == void.class || raw == Void.class || type.isJavaLangObject()) {
            return false;
        }
        if (raw.isRecord() || raw.isEnum() || raw.isArray() || raw.isPrimitive()) {
            return true;
        }
        if (Map.class.isAssignableFrom(raw) || Collection.class.isAssignableFrom(raw)) {
            return true;
        }
        if (raw.isSealed() && raw.isInterface() && !raw.getName().startsWith("java.")) {
            return SealedRecords.fits(raw);
        }
        if (raw.isInterface() || Modifier.isAbstract(raw.getModifiers())) {
            return false;
        }
        return raw.getName().startsWith("java.") ? scalar(raw) : Fields.isBean(type);
    }

    private static boolean scalar(Class<?> raw) {
        String pack = raw.getPackageName();
        return raw == String.class
                || raw == Boolean.class
                || raw == Character.class
                || Number.class.isAssignableFrom(raw)
                || raw == UUID.class
                || pack.equals("java.time");
    }

    /**
     * The names of the positional values.
     *
     * @return the components of a record; of a sealed interface the type and the components of all its records; else value
     */
    public List<String> components() {
        return form.components();
    }

    /**
     * Whether only the data tell which fields there are.
     *
     * @return true of a map
     */
    public boolean open() {
        return open;
    }

    /**
     * The columns of a table of values: nested records and beans with dots, lists, arrays and nested maps as JSON.
     *
     * @return the columns in the order of declaration; none if {@link #open()}
     */
    public List<Column<R>> columns() {
        return open ? List.of() : fields.columns();
    }

    /**
     * One value as cells of a table.
     *
     * @param value the value
     * @return column to cell; of a map in the order of its keys' text
     */
    public Map<String, String> cells(R value) {
        return fields.cells(value);
    }

    /**
     * Prepares the access to a numeric field: booleans are 0 and 1; what is null, empty or absent is NaN.
     *
     * @param field the field, nested ones with dots
     * @return takes the number out of a value; of a map it throws JobMonException if there is no such key or no number
     * @throws JobMonException if there is no such field, or it is not numeric
     */
    public ToDoubleFunction<R> numeric(String field) {
        return fields.numeric(field);
    }

    /**
     * One value as JSON with names.
     *
     * @param value the value
     * @return the JSON
     */
    public String json(R value) {
        return Mappers.STRICT.writerFor(type).writeValueAsString(value);
    }

    /**
     * Reads a value that a program printed.
     *
     * @param json one JSON value: of a record, an object with all of its components
     * @return the value
     * @throws OutcomeException if it is no JSON, or not of this type; the message is the reason alone
     */
    public R parse(String json) {
        R value;
        try {
            value = Mappers.ANSWERS.readerFor(type).readValue(json);
        } catch (StackOverflowError | RuntimeException e) {
            throw new OutcomeException(Refusals.reason(e) + Refusals.where(e), e);
        }
        if (value == null) {
            throw new OutcomeException("it is null", null);
        }
        return value;
    }

    /**
     * Makes a writer.
     *
     * @return the writer
     */
    public Writer<R> writer() {
        return new ListWriter<>(form, job, typeName);
    }

    /**
     * Makes a reader.
     *
     * @return the reader
     */
    public Reader<R> reader() {
        return new ListReader<>(form, job, typeName);
    }

    /**
     * Appends values to a buffer as positional lists.
     *
     * <p>Thread safety: for one thread.
     *
     * @param <R> the outcome
     */
    public interface Writer<R> {

        /**
         * Appends one value. The buffer is as before when it throws.
         *
         * @param value the value
         * @throws OutcomeException if it is null, too large, cyclic, or cannot be written
         */
        void write(@Nullable R value);

        /**
         * How much is in the buffer.
         *
         * @return the bytes
         */
        int size();

        /**
         * Empties the buffer.
         *
         * @return what was in it
         */
        byte[] take();

        /** Empties the buffer. */
        void reset();

        /**
         * Drops what was appended last.
         *
         * @param size the bytes to keep
         */
        void truncate(int size);
    }

    /**
     * Reads values from concatenated positional lists.
     *
     * <p>Thread safety: for one thread.
     *
     * @param <R> the outcome
     */
    public interface Reader<R> {

        /**
         * Begins to read.
         *
         * @param buffer holds the lists; not to be changed while it is read
         * @param offset where the first begins
         * @param length how many bytes there are
         */
        void over(byte[] buffer, int offset, int length);

        /**
         * Reads the next value.
         *
         * @return the value
         * @throws JobMonException if there is none, or the stored data do not fit the type
         */
        R next();
    }
}

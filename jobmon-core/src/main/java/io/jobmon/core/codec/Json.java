package io.jobmon.core.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jobmon.JobMonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.NumberOutput;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as text and as trees of Map, List, String, Boolean, Number and null.
 *
 * <p>Thread safety: stateless.
 */
public final class Json {

    private static final int MAX_TREE = 16 << 20;

    private Json() {}

    /**
     * Writes a tree in the one form that hashes and equality rest on: no white space, keys sorted by UTF-16 code unit,
     * floating-point numbers in the shortest form by one algorithm on every JDK, NaN and infinities as strings.
     *
     * @param tree Maps with String keys, Lists, arrays, String, Boolean, Number, null
     * @return the JSON
     * @throws JobMonException if the tree holds something else, or itself
     */
    public static String canonical(@Nullable Object tree) {
        return new JsonText(true).add(tree).toString();
    }

    /**
     * Writes a tree as {@link #canonical} does, with the keys in the order of each map.
     *
     * @param tree Maps with String keys, Lists, arrays, String, Boolean, Number, null
     * @return the JSON
     * @throws JobMonException if the tree holds something else, or itself
     */
    public static String text(@Nullable Object tree) {
        return new JsonText(false).add(tree).toString();
    }

    /**
     * Reads JSON: objects become maps in the order of their keys, arrays lists, whole numbers Long or, out of its range,
     * BigInteger, other numbers Double.
     *
     * @param json one value
     * @return the tree
     * @throws JobMonException if it is no JSON, a key stands twice in an object, or a number is out of range
     */
    public static @Nullable Object parse(String json) {
        return JsonTree.parse(json.getBytes(StandardCharsets.UTF_8), "text");
    }

    /**
     * Reads what should be a JSON object, but was written by who knows whom.
     *
     * @param json anything
     * @return the object, empty if it is none that JobMon can read
     */
    public static Map<?, ?> object(String json) {
        try {
            return parse(json) instanceof Map<?, ?> map ? map : Map.of();
        } catch (JobMonException | StackOverflowError e) {
            return Map.of();
        }
    }

    /**
     * The shortest decimal that reads back as this number, by the same algorithm on every JDK.
     *
     * @param value the number
     * @return the text; NaN, Infinity and -Infinity as those words
     */
    public static String number(double value) {
        return NumberOutput.toString(value, true);
    }

    static String number(float value) {
        return NumberOutput.toString(value, true);
    }

    /**
     * Writes any value.
     *
     * @param value the value
     * @param limit the most bytes it may take
     * @param what what the value is, for the message
     * @return JSON in UTF-8
     * @throws OutcomeException if it takes more, is cyclic, or cannot be written as JSON
     */
    public static byte[] write(Object value, int limit, String what) {
        return write(value, new Bytes(limit), what);
    }

    private static byte[] write(Object value, Bytes out, String what) {
        try {
            out.begin();
            Mappers.LENIENT.writeValue(out, value);
            out.end(what);
            return out.take();
        } catch (RuntimeException | Error e) {
            throw Refusals.writing(what, e);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param json JSON in UTF-8
     * @param type the type
     * @param what what the value is, for the message
     * @param <T> the type
     * @return the value
     * @throws JobMonException if the JSON is not of this type
     */
    public static <T> T read(byte[] json, Class<T> type, String what) {
        T value;
        try {
            value = Mappers.LENIENT.readValue(json, type);
        } catch (StackOverflowError | RuntimeException e) {
            throw new JobMonException(
                    "The stored " + what + " is not of type " + type.getName() + ": " + Refusals.reason(e)
                            + "; read it as the type it was stored as.",
                    e);
        }
        if (value == null) {
            throw new JobMonException("The stored " + what + " is null, not of type " + type.getName() + ".");
        }
        return value;
    }

    /**
     * Turns any value into a tree, as writing and parsing would.
     *
     * @param value the value
     * @param what what the value is, for the message
     * @return the tree
     * @throws OutcomeException if it is cyclic or cannot be written as JSON
     */
    public static @Nullable Object tree(Object value, String what) {
        return JsonTree.parse(write(value, new Bytes(MAX_TREE), what), what);
    }

    /**
     * One class of each library that reads and writes JSON here.
     *
     * @return the classes, which tell where the libraries lie
     */
    public static List<Class<?>> libraries() {
        return List.of(JsonMapper.class, JsonFactory.class, JsonTypeInfo.class);
    }
}

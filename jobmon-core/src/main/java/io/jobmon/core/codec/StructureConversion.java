package io.jobmon.core.codec;

import io.jobmon.JobMonException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/** Lists, arrays, maps, nested records, dates and whatever else JSON can carry: there and back through Jackson. */
final class StructureConversion extends Conversion {

    private static final int LIMIT = 64 * 1024;
    private static final ObjectWriter ANY = Mappers.STRICT.writer().without(JsonWriteFeature.WRITE_NAN_AS_STRINGS);

    private final JavaType type;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    StructureConversion(JavaType type) {
        super(type.isJavaLangObject() ? "Object" : type.toCanonical().replaceAll("\\b[a-z]\\w*\\.", ""));
        this.type = type;
        reader = Mappers.STRICT.readerFor(type);
        writer = Mappers.STRICT.writerFor(type).without(JsonWriteFeature.WRITE_NAN_AS_STRINGS);
    }

    @Override
    Object convert(@Nullable Object value) {
        Object given = given(value);
        if (type.isJavaLangObject() && given instanceof BigDecimal decimal) {
            return finite(decimal.doubleValue());
        }
        Object converted;
        try {
            byte[] json = json(given);
            parse(json);
            converted = reader.readValue(json);
        } catch (StackOverflowError | RuntimeException e) {
            throw e instanceof Unfit unfit ? unfit : new Unfit(Refusals.reason(e));
        }
        tree(converted);
        return given(converted);
    }

    /** A value of the type itself is written as such (a sealed type needs its tag), any other as what it is. */
    private byte[] json(Object given) {
        if (type.getRawClass().isInstance(given)) {
            try {
                return bytes(writer, given);
            } catch (RuntimeException e) {
                return bytes(ANY, given);
            }
        }
        return bytes(ANY, given);
    }

    private static byte[] bytes(ObjectWriter writer, @Nullable Object value) {
        Bytes out = new Bytes(LIMIT);
        out.begin();
        writer.writeValue(out, value);
        out.end("it");
        return out.take();
    }

    @Override
    @Nullable
    Object tree(@Nullable Object converted) {
        try {
            return parse(bytes(writer, converted));
        } catch (StackOverflowError | RuntimeException e) {
            throw e instanceof Unfit unfit ? unfit : new Unfit(Refusals.reason(e));
        }
    }

    private static @Nullable Object parse(byte[] json) {
        try {
            return JsonTree.parse(json, "parameter");
        } catch (JobMonException e) {
            throw new Unfit(
                    e.getCause() instanceof StreamReadException
                            ? "a parameter is a finite number"
                            : Refusals.reason(e));
        }
    }
}

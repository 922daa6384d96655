package io.jobmon.core.codec;

import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

/** BigDecimal as a string, in one form for equal numbers: as a JSON number it would lose digits on its way. */
final class Decimals {

    private Decimals() {}

    static BigDecimal normal(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    static final class Writer extends StdSerializer<BigDecimal> {

        Writer() {
            super(BigDecimal.class);
        }

        @Override
        public void serialize(BigDecimal value, JsonGenerator out, SerializationContext context) {
            out.writeString(normal(value).toString());
        }
    }

    static final class Reader extends StdDeserializer<BigDecimal> {

        Reader() {
            super(BigDecimal.class);
        }

        @Override
        public BigDecimal deserialize(JsonParser in, DeserializationContext context) {
            if (in.currentToken() == JsonToken.VALUE_STRING) {
                try {
                    return new BigDecimal(in.getString());
                } catch (NumberFormatException e) {
                    return (BigDecimal)
                            context.handleWeirdStringValue(BigDecimal.class, in.getString(), "not a decimal number");
                }
            }
            if (in.currentToken() == null || !in.currentToken().isNumeric()) {
                return (BigDecimal) context.handleUnexpectedToken(context.constructType(BigDecimal.class), in);
            }
            return in.getDecimalValue();
        }
    }
}

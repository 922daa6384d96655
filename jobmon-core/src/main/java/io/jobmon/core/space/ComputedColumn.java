package io.jobmon.core.space;

import io.jobmon.core.codec.Json;
import io.jobmon.core.codec.ParameterType;
import io.jobmon.spi.AxisSpec;
import io.jobmon.spi.AxisValues;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers by a formula. Those of a short axis are remembered once they were computed. */
final class ComputedColumn extends Column {

    private static final int REMEMBERED = 65_536;
    private static final int LONGEST_NUMBER = 64;

    private enum Target {
        LONG,
        INT,
        DOUBLE,
        OTHER
    }

    private final ParameterType<?> type;
    private final AxisValues values;
    private final Target target;

    // Races compute a value twice; what is stored is immutable and safe to publish.
    private final @Nullable Object[] bound;
    private final @Nullable String[] json;

    ComputedColumn(String name, AxisSpec axis, ParameterType<?> type) {
        super(name, axis.size());
        this.type = type;
        this.values = axis.values();
        Object first = type.convert(name, values.value(0));
        type.convert(name, values.value(size - 1));
        boolean whole = axis instanceof AxisSpec.LongRange;
        if (first instanceof Long && whole) {
            target = Target.LONG;
        } else if (first instanceof Integer && whole) {
            target = Target.INT;
        } else {
            target = first instanceof Double ? Target.DOUBLE : Target.OTHER;
        }
        int remembered = size <= REMEMBERED && isScalar(first) ? size : 0;
        this.bound = new @Nullable Object[remembered];
        this.json = new @Nullable String[remembered];
    }

    @Override
    @Nullable
    Object bound(int index) {
        if (bound.length == 0) {
            return convert(index);
        }
        Object known = bound[index];
        if (known == null) {
            known = convert(index);
            bound[index] = known;
        }
        return known;
    }

    private @Nullable Object convert(int index) {
        Object value = values.value(index);
        return switch (target) {
            case LONG -> value;
            case INT -> ((Number) value).intValue();
            case DOUBLE -> value instanceof Double ? value : (Object) ((Number) value).doubleValue();
            case OTHER -> type.convert(name, value);
        };
    }

    @Override
    @Nullable
    Object shown(int index) {
        Object value = bound(index);
        return isScalar(value) ? value : tree(index);
    }

    @Override
    @Nullable
    Object tree(int index) {
        return type.tree(name, bound(index));
    }

    @Override
    String json(int index) {
        if (json.length == 0) {
            return text(index);
        }
        String known = json[index];
        if (known == null) {
            known = text(index);
            json[index] = known;
        }
        return known;
    }

    private String text(int index) {
        Object value = bound(index);
        if (value instanceof Double number) {
            return Json.number(number);
        }
        return target == Target.OTHER ? Json.canonical(type.tree(name, value)) : String.valueOf(value);
    }

    @Override
    int indexOf(String text, @Nullable Object tree) {
        Object number = tree instanceof String decimal ? number(decimal) : tree;
        int index = number == null ? -1 : values.indexOf(number);
        return index >= 0 && json(index).equals(text) ? index : -1;
    }

    private static @Nullable Object number(String decimal) {
        try {
            return decimal.length() <= LONGEST_NUMBER ? new BigDecimal(decimal) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    int longest() {
        return LONGEST_NUMBER;
    }
}

package io.jobmon.core.space;

import org.jspecify.annotations.Nullable;

/** The values of one parameter, bound to its type, by index. Thread safety: immutable as seen from outside. */
abstract class Column {

    final String name;
    final int size;

    Column(String name, int size) {
        this.name = name;
        this.size = size;
    }

    /** The parameter's Java value; what could be changed by a job is made anew by each call. */
    abstract @Nullable Object bound(int index);

    /** The value for people: of scalars the bound one, of structures lists and maps. */
    abstract @Nullable Object shown(int index);

    /** The value as canonical JSON stands for it. */
    abstract @Nullable Object tree(int index);

    abstract String json(int index);

    /** Where a value is, given as canonical JSON and as parsed from it; or -1. */
    abstract int indexOf(String json, @Nullable Object tree);

    /** At least the bytes of the longest value's JSON. */
    abstract int longest();

    static boolean isScalar(@Nullable Object value) {
        return value instanceof Number
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum;
    }
}

package io.jobmon.core.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** One component of a record: numbers go from the getter into the buffer without a box. Thread safety: immutable. */
abstract class Slot {

    private final String name;
    private final ValueCodec codec;
    final MethodHandle getter;

    private Slot(Member member, Class<?> through) {
        name = member.name();
        codec = ValueCodec.of(member.type());
        getter = member.getter().asType(MethodType.methodType(through, Object.class));
    }

    static Slot of(Member member) {
        Class<?> raw = member.type().getRawClass();
        if (raw == long.class || raw == int.class || raw == short.class || raw == byte.class) {
            return new OfWhole(member);
        }
        if (raw == double.class) {
            return new OfDouble(member);
        }
        if (raw == boolean.class) {
            return new OfBoolean(member);
        }
        return new OfObject(member);
    }

    final String name() {
        return name;
    }

    abstract void write(Object owner, Bytes out) throws Throwable;

    final @Nullable Object read(Scan in) {
        return codec.read(in);
    }

    private static final class OfWhole extends Slot {

        OfWhole(Member member) {
            super(member, long.class);
        }

        @Override
        void write(Object owner, Bytes out) throws Throwable {
            ValueCodec.whole((long) getter.invokeExact(owner), out);
        }
    }

    private static final class OfDouble extends Slot {

        OfDouble(Member member) {
            super(member, double.class);
        }

        @Override
        void write(Object owner, Bytes out) throws Throwable {
            ValueCodec.floating((double) getter.invokeExact(owner), out);
        }
    }

    private static final class OfBoolean extends Slot {

        OfBoolean(Member member) {
            super(member, boolean.class);
        }

        @Override
        void write(Object owner, Bytes out) throws Throwable {
            ValueCodec.bool((boolean) getter.invokeExact(owner), out);
        }
    }

    private static final class OfObject extends Slot {

        OfObject(Member member) {
            super(member, Object.class);
        }

        @Override
        void write(Object owner, Bytes out) throws Throwable {
            super.codec.writeNullable((Object) getter.invokeExact(owner), out);
        }
    }
}

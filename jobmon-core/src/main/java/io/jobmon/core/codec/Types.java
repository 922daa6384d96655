package io.jobmon.core.codec;

import java.lang.reflect.Type;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.type.TypeFactory;

/** Resolves generic types, without the mappers: those take a few hundred milliseconds of a fresh JVM. */
final class Types {

    private static final TypeFactory FACTORY = TypeFactory.createDefaultInstance();

    private Types() {}

    static JavaType of(Type type) {
        return FACTORY.constructType(type);
    }

    static JavaType member(JavaType owner, Type type) {
        return FACTORY.resolveMemberType(type, owner.getBindings());
    }

    static JavaType specialised(JavaType base, Class<?> raw) {
        return FACTORY.constructSpecializedType(base, raw);
    }
}

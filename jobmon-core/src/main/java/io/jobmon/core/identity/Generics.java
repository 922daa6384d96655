package io.jobmon.core.identity;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Types with their variables put in. */
final class Generics {

    private Generics() {}

    static List<Type> parents(Class<?> type) {
        List<Type> parents = new ArrayList<>();
        Type superclass = type.getGenericSuperclass();
        if (superclass != null) {
            parents.add(superclass);
        }
        parents.addAll(Arrays.asList(type.getGenericInterfaces()));
        return parents;
    }

    /** The class of a supertype as {@link #parents} gives it. */
    static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }

    static boolean isFree(Type type) {
        if (type instanceof ParameterizedType generic) {
            return anyFree(generic.getActualTypeArguments());
        }
        if (type instanceof GenericArrayType array) {
            return isFree(array.getGenericComponentType());
        }
        if (type instanceof WildcardType wildcard) {
            return anyFree(wildcard.getUpperBounds()) || anyFree(wildcard.getLowerBounds());
        }
        return type instanceof TypeVariable<?>;
    }

    private static boolean anyFree(Type[] types) {
        return Arrays.stream(types).anyMatch(Generics::isFree);
    }

    static Type substitute(Type type, Map<TypeVariable<?>, Type> bindings) {
        if (type instanceof TypeVariable<?> variable) {
            return bindings.getOrDefault(variable, variable);
        }
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = substituteAll(generic.getActualTypeArguments(), bindings);
            return Arrays.equals(arguments, generic.getActualTypeArguments())
                    ? generic
                    : new Parameterized((Class<?>) generic.getRawType(), generic.getOwnerType(), List.of(arguments));
        }
        if (type instanceof GenericArrayType array) {
            return arrayOf(substitute(array.getGenericComponentType(), bindings));
        }
        if (type instanceof WildcardType wildcard) {
            return new Wildcard(
                    List.of(substituteAll(wildcard.getUpperBounds(), bindings)),
                    List.of(substituteAll(wildcard.getLowerBounds(), bindings)));
        }
        return type;
    }

    private static Type[] substituteAll(Type[] types, Map<TypeVariable<?>, Type> bindings) {
        return Arrays.stream(types).map(each -> substitute(each, bindings)).toArray(Type[]::new);
    }

    private static Type arrayOf(Type component) {
        return component instanceof Class<?> plain
                ? Array.newInstance(plain, 0).getClass()
                : new GenericArray(component);
    }

    private record GenericArray(Type component) implements GenericArrayType {

        @Override
        public Type getGenericComponentType() {
            return component;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof GenericArrayType array && component.equals(array.getGenericComponentType());
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(component);
        }

        @Override
        public String toString() {
            return component.getTypeName() + "[]";
        }
    }

    private record Wildcard(List<Type> upper, List<Type> lower) implements WildcardType {

        @Override
        public Type[] getUpperBounds() {
            return upper.toArray(new Type[0]);
        }

        @Override
        public Type[] getLowerBounds() {
            return lower.toArray(new Type[0]);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof WildcardType wildcard
                    && upper.equals(List.of(wildcard.getUpperBounds()))
                    && lower.equals(List.of(wildcard.getLowerBounds()));
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(getLowerBounds()) ^ Arrays.hashCode(getUpperBounds());
        }

        @Override
        public String toString() {
            return lower.isEmpty()
                    ? "? extends " + upper.get(0).getTypeName()
                    : "? super " + lower.get(0).getTypeName();
        }
    }

    private record Parameterized(Class<?> raw, @Nullable Type owner, List<Type> arguments)
            implements ParameterizedType {

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(new Type[0]);
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return owner;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ParameterizedType generic
                    && raw.equals(generic.getRawType())
                    && Objects.equals(owner, generic.getOwnerType())
                    && arguments.equals(List.of(generic.getActualTypeArguments()));
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(getActualTypeArguments()) ^ Objects.hashCode(owner) ^ raw.hashCode();
        }

        @Override
        public String toString() {
            return raw.getName()
                    + arguments.stream().map(Type::getTypeName).collect(Collectors.joining(", ", "<", ">"));
        }
    }
}

package io.jobmon.core.codec;

import io.jobmon.JobMonException;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * The type of a job's parameters: which names it has, what values they take, and how to make one. All that is reflective is
 * done once, in {@link #of}.
 *
 * <p>Thread safety: immutable.
 *
 * @param <P> the parameters
 */
public final class ParameterType<P> {

    /** The one parameter of a job whose parameters are a scalar. */
    public static final String VALUE = "value";

    private static final int ORDERS = 100;

    private enum Kind {
        RECORD,
        BEAN,
        MAP,
        SCALAR
    }

    private final String job;
    private final Kind kind;
    private final Class<?> raw;
    private final Map<String, Conversion> conversions = new LinkedHashMap<>();
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final @Nullable Conversion anything;
    private final ParameterNames parameterNames;

    /** By the order of the names: a method handle is compiled anew wherever it is made anew. */
    private final Map<List<String>, Binder<P>> binders = new ConcurrentHashMap<>();

    private ParameterType(String job, Kind kind, JavaType type) {
        this.job = job;
        this.kind = kind;
        this.raw = type.getRawClass();
        this.anything = kind == Kind.MAP ? Conversion.of(Types.of(Object.class)) : null;
        if (kind == Kind.SCALAR) {
            conversions.put(VALUE, Conversion.of(type));
        } else if (kind != Kind.MAP) {
            for (Member member : Member.of(type)) {
                members.put(member.name(), member);
                conversions.put(member.name(), Conversion.of(member.type()));
            }
        }
        parameterNames = new ParameterNames(job, names(), kind == Kind.MAP);
    }

    /**
     * Looks at a type.
     *
     * @param type a record, a bean, {@code Map<String, Object>}, NoParams, a scalar, an enum or String
     * @param jobName the job, for messages
     * @param <P> the parameters
     * @return the type
     * @throws JobMonException if it is none of these, or its module is closed
     */
    public static <P> ParameterType<P> of(Type type, String jobName) {
        JavaType resolved = Types.of(type);
        Class<?> raw = resolved.getRawClass();
        if (raw.isRecord()) {
            ParameterType<P> made = new ParameterType<>(jobName, Kind.RECORD, resolved);
            made.binder(made.names());
            return made;
        }
        if (raw == Map.class) {
            boolean open = resolved.getKeyType().getRawClass().isAssignableFrom(String.class)
                    && resolved.getContentType().isJavaLangObject();
            if (open) {
                return new ParameterType<>(jobName, Kind.MAP, resolved);
            }
        } else if (NumberConversion.of(raw) != null || raw == String.class || raw.isEnum() || small(raw)) {
            return new ParameterType<>(jobName, Kind.SCALAR, resolved);
        } else if (bean(raw)) {
            ParameterType<P> bean = new ParameterType<>(jobName, Kind.BEAN, resolved);
            if (!bean.members.isEmpty() && Member.constructor(raw) != null) {
                return bean;
            }
        }
        throw new JobMonException("The parameters of " + jobName + " are of type " + type.getTypeName()
                + "; make them a record, a class with a constructor without arguments and getters and setters,"
                + " Map<String, Object>, NoParams, a number, a boolean, an enum or a String.");
    }

    private static boolean small(Class<?> raw) {
        return raw == boolean.class || raw == Boolean.class || raw == char.class || raw == Character.class;
    }

    private static boolean bean(Class<?> raw) {
        return !raw.isInterface()
                && !raw.isArray()
                && !raw.isPrimitive()
                && !Modifier.isAbstract(raw.getModifiers())
                && !raw.getName().startsWith("java.");
    }

    /**
     * The names of the parameters.
     *
     * @return the names in the order of declaration; none if any name will do
     */
    public List<String> names() {
        return List.copyOf(conversions.keySet());
    }

    /**
     * Whether any name will do.
     *
     * @return true of {@code Map<String, Object>}
     */
    public boolean open() {
        return kind == Kind.MAP;
    }

    /**
     * Compares the names of a space with those of the parameters.
     *
     * @param names the space's names
     * @throws JobMonException if one is unknown, or one is missing
     */
    public void check(Collection<String> names) {
        parameterNames.check(names);
    }

    private Conversion conversion(String name) {
        Conversion conversion = anything != null ? anything : conversions.get(name);
        if (conversion == null) {
            throw parameterNames.unknown(name);
        }
        return conversion;
    }

    /**
     * Turns a value, from a user or from a stored specification, into the one that the parameter takes.
     *
     * @param name the parameter
     * @param value the value
     * @return the Java value, such as an Integer of an int component
     * @throws JobMonException if the value does not fit, is NaN, infinite or null
     */
    public @Nullable Object convert(String name, @Nullable Object value) {
        Conversion conversion = conversion(name);
        try {
            return conversion.convert(value);
        } catch (Conversion.Unfit e) {
            throw new JobMonException("The parameter '" + ParameterNames.show(name) + "' of " + job + " is of type "
                    + conversion.type() + " and cannot be " + Refusals.show(value) + ": " + e.reason() + ".");
        }
    }

    /**
     * Turns a converted value into what stands for it in canonical JSON.
     *
     * @param name the parameter
     * @param converted what {@link #convert} returned
     * @return Map, List, String, Boolean, Number or null
     */
    public @Nullable Object tree(String name, @Nullable Object converted) {
        return conversion(name).tree(converted);
    }

    /**
     * Makes a binder.
     *
     * @param names the names of the values to come, in their order; all of them, as {@link #check} demands
     * @return the binder
     */
    public Binder<P> binder(List<String> names) {
        check(names);
        return switch (kind) {
            case RECORD -> recordBinder(List.copyOf(names));
            case BEAN -> beanBinder(names);
            case MAP -> Binders.map(List.copyOf(names));
            case SCALAR -> Binders.scalar();
        };
    }

    private Binder<P> recordBinder(List<String> names) {
        Binder<P> known = binders.get(names);
        if (known == null) {
            int[] order = names().stream().mapToInt(names::indexOf).toArray();
            known = Binders.record(Member.spreader(raw, order), this::refused);
            if (binders.size() < ORDERS) {
                binders.put(names, known);
            }
        }
        return known;
    }

    private Binder<P> beanBinder(List<String> names) {
        MethodHandle constructor = Objects.requireNonNull(Member.constructor(raw));
        List<MethodHandle> setters = new ArrayList<>();
        for (String name : names) {
            setters.add(Objects.requireNonNull(
                    Objects.requireNonNull(members.get(name)).setter()));
        }
        return Binders.bean(constructor, setters, this::refused);
    }

    private JobMonException refused(Throwable thrown, @Nullable Object[] values) {
        return new JobMonException(
                "The parameters " + Refusals.show(Arrays.asList(values)) + " of " + job + " are refused by "
                        + raw.getSimpleName() + " itself: " + Refusals.reason(thrown) + ".",
                thrown);
    }

    /**
     * Takes parameters apart.
     *
     * @param params the parameters
     * @return name to converted value, in the order of declaration
     * @throws JobMonException if they are null, or hold null, NaN or what cannot be stored
     */
    public Map<String, Object> parameters(@Nullable P params) {
        if (params == null) {
            throw new JobMonException("The parameters of " + job + " are null; give " + raw.getSimpleName() + ".");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        if (params instanceof Map<?, ?> map && open()) {
            map.forEach((key, value) -> {
                if (!(key instanceof String name)) {
                    throw new JobMonException("The key " + Refusals.show(key) + " in the parameters of " + job
                            + " is no string; parameters have names.");
                }
                put(values, name, value);
            });
        } else if (kind == Kind.SCALAR) {
            put(values, VALUE, params);
        } else {
            members.forEach((name, member) -> put(values, name, get(member, params)));
        }
        return Collections.unmodifiableMap(values);
    }

    private void put(Map<String, Object> values, String name, @Nullable Object value) {
        Object converted = convert(name, value);
        if (converted != null) {
            values.put(name, converted);
        }
    }

    private @Nullable Object get(Member member, P params) {
        try {
            return member.getter().invoke(params);
        } catch (Throwable e) {
            if (e instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
                throw error;
            }
            throw new JobMonException(
                    "The parameter '" + member.name() + "' of " + job + " cannot be read: " + Refusals.reason(e) + ".",
                    e);
        }
    }

    /**
     * Makes parameters of values.
     *
     * <p>Thread safety: any number of threads.
     *
     * @param <P> the parameters
     */
    public interface Binder<P> {

        /**
         * Makes parameters.
         *
         * @param converted what {@link ParameterType#convert} returned for each name, in the binder's order
         * @return the parameters
         * @throws JobMonException if the type's own constructor or setter refuses them
         */
        P bind(@Nullable Object[] converted);
    }
}

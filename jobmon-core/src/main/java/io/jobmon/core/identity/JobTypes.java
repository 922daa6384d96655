package io.jobmon.core.identity;

import io.jobmon.Job;
import io.jobmon.JobMonException;
import io.jobmon.spi.TypedJob;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The types of a job's parameters and outcome.
 *
 * @param parameters P
 * @param outcome R
 */
record JobTypes(Type parameters, Type outcome) {

    private static final ClassValue<JobTypes> BY_CLASS = new ClassValue<>() {
        @Override
        protected JobTypes computeValue(Class<?> type) {
            return resolve(type);
        }
    };

    static JobTypes of(Job<?, ?> job) {
        if (job instanceof TypedJob typed) {
            return new JobTypes(typed.parameterType(), typed.outcomeType());
        }
        return BY_CLASS.get(job.getClass());
    }

    /** The classes that the two types are made of. */
    Set<Class<?>> classes() {
        Set<Class<?>> classes = new LinkedHashSet<>();
        collect(parameters, classes);
        collect(outcome, classes);
        return classes;
    }

    private static void collect(Type type, Set<Class<?>> classes) {
        if (type instanceof Class<?> plain) {
            Class<?> element = plain;
            while (element.isArray()) {
                element = element.getComponentType();
            }
            classes.add(element);
        } else if (type instanceof ParameterizedType generic) {
            collect(generic.getRawType(), classes);
            collectAll(generic.getActualTypeArguments(), classes);
        } else if (type instanceof GenericArrayType array) {
            collect(array.getGenericComponentType(), classes);
        } else if (type instanceof WildcardType wildcard) {
            collectAll(wildcard.getUpperBounds(), classes);
            collectAll(wildcard.getLowerBounds(), classes);
        }
    }

    private static void collectAll(Type[] types, Set<Class<?>> classes) {
        for (Type each : types) {
            collect(each, classes);
        }
    }

    private static JobTypes resolve(Class<?> type) {
        if (Origin.isLambda(type)) {
            throw new JobMonException("A lambda does not tell the types of its parameters and outcome; write"
                    + " Job.of(name, version, Params.class, Outcome.class, lambda) instead.");
        }
        JobTypes types;
        try {
            types = search(type, Map.of());
        } catch (TypeNotPresentException | LinkageError e) {
            throw new JobMonException(
                    type.getName() + ": its types cannot be loaded (" + e.getMessage()
                            + "); put them on the class path.",
                    e);
        }
        if (types == null) {
            throw unknown(type, "implements Job without type arguments");
        }
        if (Generics.isFree(types.parameters) || Generics.isFree(types.outcome)) {
            throw unknown(
                    type,
                    "leaves open what its parameters (" + types.parameters.getTypeName() + ") and its outcome ("
                            + types.outcome.getTypeName() + ") are");
        }
        return types;
    }

    private static JobMonException unknown(Class<?> type, String why) {
        return new JobMonException(type.getName() + " " + why
                + "; write a class that implements Job<Params, Outcome> with both types given, or use"
                + " Job.of(name, version, Params.class, Outcome.class, body).");
    }

    private static @Nullable JobTypes search(Class<?> type, Map<TypeVariable<?>, Type> bindings) {
        for (Type parent : Generics.parents(type)) {
            Class<?> raw = Generics.raw(parent);
            if (!Job.class.isAssignableFrom(raw)) {
                continue;
            }
            Map<TypeVariable<?>, Type> above = new HashMap<>();
            if (parent instanceof ParameterizedType generic) {
                Type[] arguments = generic.getActualTypeArguments();
                for (int i = 0; i < arguments.length; i++) {
                    above.put(raw.getTypeParameters()[i], Generics.substitute(arguments[i], bindings));
                }
            }
            JobTypes found = raw == Job.class ? atJob(above) : search(raw, above);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable JobTypes atJob(Map<TypeVariable<?>, Type> bindings) {
        TypeVariable<?>[] variables = Job.class.getTypeParameters();
        Type parameters = bindings.get(variables[0]);
        Type outcome = bindings.get(variables[1]);
        return parameters == null || outcome == null ? null : new JobTypes(parameters, outcome);
    }
}

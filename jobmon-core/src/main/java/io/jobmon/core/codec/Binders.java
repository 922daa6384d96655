package io.jobmon.core.codec;

import io.jobmon.JobMonException;
import java.lang.invoke.MethodHandle;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes parameters of an array of values. */
final class Binders {

    private Binders() {}

    /** What to throw when user code refuses the values. */
    interface Refusal {
        JobMonException of(Throwable thrown, @Nullable Object[] values);
    }

    static <P> ParameterType.Binder<P> record(MethodHandle spreader, Refusal refusal) {
        return values -> {
            try {
                return cast((Object) spreader.invokeExact((Object[]) values));
            } catch (Throwable e) {
                throw refused(refusal, e, values);
            }
        };
    }

    static <P> ParameterType.Binder<P> bean(MethodHandle constructor, List<MethodHandle> setters, Refusal refusal) {
        MethodHandle[] handles = setters.toArray(new MethodHandle[0]);
        return values -> {
            try {
                Object bean = constructor.invokeExact();
                for (int i = 0; i < handles.length; i++) {
                    handles[i].invokeExact(bean, values[i]);
                }
                return cast(bean);
            } catch (Throwable e) {
                throw refused(refusal, e, values);
            }
        };
    }

    static <P> ParameterType.Binder<P> map(List<String> names) {
        return values -> {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (int i = 0; i < values.length; i++) {
                map.put(names.get(i), values[i]);
            }
            return cast(Collections.unmodifiableMap(map));
        };
    }

    static <P> ParameterType.Binder<P> scalar() {
        return values -> cast(values[0]);
    }

    private static RuntimeException refused(Refusal refusal, Throwable thrown, @Nullable Object[] values) {
        if (thrown instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
            throw error;
        }
        return refusal.of(thrown, values);
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    private static <P> P cast(@Nullable Object value) {
        return (P) value;
    }
}

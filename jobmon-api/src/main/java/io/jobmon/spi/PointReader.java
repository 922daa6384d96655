package io.jobmon.spi;

import io.jobmon.JobMonException;
import io.jobmon.Point;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes points of any kind apart into names and values. Thread safety: for one thread. */
public final class PointReader {

    private static final String SCALAR = "value";

    private final Map<Class<?>, Map<String, Method>> accessors = new HashMap<>();

    /** Creates a reader. */
    public PointReader() {}

    /**
     * Takes a point apart.
     *
     * @param point a record, a bean, a map, a {@link Point} or a plain value
     * @param what what it is, for messages
     * @return copies of its values by name
     * @throws JobMonException if it is none of these, or a value is null, NaN or infinite
     */
    public Map<String, Object> read(@Nullable Object point, String what) {
        if (point == null) {
            throw new JobMonException(what + " is null; leave it out.");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        named(point, what).forEach((name, value) -> {
            if (!(name instanceof String text)) {
                throw new JobMonException(what + " has the key " + Values.show(name) + "; names must be strings.");
            }
            values.put(text, Values.pointValue(value, what + ": " + Values.show(text)));
        });
        return values;
    }

    private Map<?, ?> named(Object point, String what) {
        if (point instanceof Point known) {
            return known.asMap();
        }
        if (point instanceof Map<?, ?> map) {
            return ordered(map);
        }
        String kind = Values.kind(point);
        if (!kind.isEmpty() && !(point instanceof Record) && !(point instanceof List)) {
            return Map.of(SCALAR, point);
        }
        Map<String, Method> members = accessors.computeIfAbsent(point.getClass(), PointReader::accessors);
        if (members.isEmpty() && !(point instanceof Record)) {
            throw new JobMonException(what + ", " + Values.show(point) + ", is a "
                    + point.getClass().getName()
                    + " without properties; use records, beans with getters and setters, maps,"
                    + " or plain values.");
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        members.forEach((name, accessor) -> values.put(name, call(accessor, point, what)));
        return values;
    }

    /** A map whose order means nothing, and may change from run to run, is sorted: the order is part of the space. */
    private static Map<?, ?> ordered(Map<?, ?> map) {
        boolean ordered = map instanceof LinkedHashMap || map instanceof SortedMap;
        boolean named = map.keySet().stream().allMatch(key -> key instanceof String);
        return ordered || !named ? map : new TreeMap<>(map);
    }

    private static Map<String, Method> accessors(Class<?> type) {
        Map<String, Method> accessors = new LinkedHashMap<>();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                accessors.put(component.getName(), open(component.getAccessor(), type));
            }
            return accessors;
        }
        if (type.getName().startsWith("java.") || type.isArray()) {
            return accessors;
        }
        Map<String, Method> byName = new TreeMap<>();
        for (Method method : type.getMethods()) {
            String name = property(method);
            if (!name.isEmpty() && hasSetter(type, name, method.getReturnType())) {
                byName.put(name, method);
            }
        }
        for (String field : fields(type)) {
            Method method = byName.remove(field);
            if (method != null) {
                accessors.put(field, open(method, type));
            }
        }
        byName.forEach((name, method) -> accessors.put(name, open(method, type)));
        return accessors;
    }

    private static List<String> fields(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            names.addAll(
                    0,
                    Arrays.stream(c.getDeclaredFields()).map(f -> f.getName()).toList());
        }
        return names;
    }

    private static String property(Method method) {
        String name = method.getName();
        boolean is = name.startsWith("is") && method.getReturnType() == boolean.class;
        int prefix = is ? 2 : name.startsWith("get") ? 3 : name.length();
        boolean getter = !Modifier.isStatic(method.getModifiers())
                && !method.isBridge()
                && method.getParameterCount() == 0
                && name.length() > prefix
                && !Character.isLowerCase(name.charAt(prefix));
        return getter ? decapitalised(name.substring(prefix)) : "";
    }

    /** As in the JavaBeans specification 1.01, section 8.8: getURL is URL, getSize is size. */
    private static String decapitalised(String name) {
        boolean acronym = name.length() > 1 && Character.isUpperCase(name.charAt(1));
        return acronym ? name : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private static boolean hasSetter(Class<?> type, String property, Class<?> value) {
        return Arrays.stream(type.getMethods())
                .anyMatch(method -> method.getName().startsWith("set")
                        && method.getName().length() > 3
                        && decapitalised(method.getName().substring(3)).equals(property)
                        && Arrays.equals(method.getParameterTypes(), new Class<?>[] {value}));
    }

    private static <T extends AccessibleObject> T open(T member, Class<?> owner) {
        try {
            member.setAccessible(true);
            return member;
        } catch (InaccessibleObjectException e) {
            throw new JobMonException(
                    owner.getName() + " cannot be read: its module does not open its package. Add `opens "
                            + owner.getPackageName() + ";` to the module-info of "
                            + owner.getModule().getName() + ".",
                    e);
        }
    }

    private static @Nullable Object call(Method accessor, Object point, String what) {
        try {
            return accessor.invoke(point);
        } catch (InvocationTargetException e) {
            throw new JobMonException(
                    what + ": " + accessor.getName() + "() failed with " + e.getCause() + ".", e.getCause());
        } catch (IllegalAccessException e) {
            throw new JobMonException(what + ": " + accessor.getName() + "() cannot be called; make it public.", e);
        }
    }
}

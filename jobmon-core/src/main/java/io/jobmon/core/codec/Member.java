package io.jobmon.core.codec;

import io.jobmon.JobMonException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * A component of a record or a property of a bean.
 *
 * @param name its name
 * @param type its type, with type variables resolved
 * @param getter takes the owner as Object, returns the member's own type
 * @param setter takes the owner and the value as Object; null for a record's
 */
record Member(
        String name,
        JavaType type,
        MethodHandle getter,
        @Nullable MethodHandle setter) {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    /** The members of a record in the order of declaration, of a bean in the order of the fields, then by name. */
    static List<Member> of(JavaType owner) {
        Class<?> raw = owner.getRawClass();
        return raw.isRecord() ? components(owner, raw) : properties(owner, raw);
    }

    private static List<Member> components(JavaType owner, Class<?> raw) {
        List<Member> members = new ArrayList<>();
        for (RecordComponent component : raw.getRecordComponents()) {
            JavaType type = Types.member(owner, component.getGenericType());
            members.add(new Member(component.getName(), type, getter(component.getAccessor()), null));
        }
        return members;
    }

    private static List<Member> properties(JavaType owner, Class<?> raw) {
        List<Member> members = new ArrayList<>();
        for (Method getter : raw.getMethods()) {
            String name = property(getter);
            if (name.isEmpty()
                    || members.stream().anyMatch(member -> member.name().equals(name))) {
                continue;
            }
            for (Method setter : raw.getMethods()) {
                if (sets(setter, name, getter.getReturnType())) {
                    members.add(new Member(
                            name, Types.member(owner, getter.getGenericReturnType()), getter(getter), setter(setter)));
                    break;
                }
            }
        }
        List<String> fields = new ArrayList<>();
        for (Class<?> type = raw; type != null; type = type.getSuperclass()) {
            fields.addAll(
                    0,
                    Arrays.stream(type.getDeclaredFields())
                            .map(field -> field.getName())
                            .toList());
        }
        members.sort(Comparator.<Member>comparingInt(member -> Math.floorMod(fields.indexOf(member.name()), 1 << 20))
                .thenComparing(Member::name));
        return members;
    }

    private static String property(Method method) {
        if (Modifier.isStatic(method.getModifiers())
                || method.isBridge()
                || method.getParameterCount() != 0
                || method.getDeclaringClass() == Object.class) {
            return "";
        }
        String name = method.getName();
        boolean is = name.startsWith("is") && method.getReturnType() == boolean.class;
        int prefix = is ? 2 : name.startsWith("get") ? 3 : name.length();
        if (name.length() <= prefix || Character.isLowerCase(name.charAt(prefix))) {
            return "";
        }
        return decapitalised(name.substring(prefix));
    }

    private static String decapitalised(String name) {
        boolean acronym = name.length() > 1 && Character.isUpperCase(name.charAt(1));
        return acronym ? name : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private static boolean sets(Method method, String property, Class<?> type) {
        String name = method.getName();
        return !Modifier.isStatic(method.getModifiers())
                && !method.isBridge()
                && method.getParameterCount() == 1
                && method.getParameterTypes()[0] == type
                && name.length() > 3
                && name.startsWith("set")
                && decapitalised(name.substring(3)).equals(property);
    }

    private static MethodHandle getter(Method method) {
        try {
            MethodHandle handle = LOOKUP.unreflect(open(method, method.getDeclaringClass()));
            return handle.asType(MethodType.methodType(method.getReturnType(), Object.class));
        } catch (IllegalAccessException e) {
            throw closed(method.getDeclaringClass(), e);
        }
    }

    private static MethodHandle setter(Method method) {
        try {
            MethodHandle handle = LOOKUP.unreflect(open(method, method.getDeclaringClass()));
            return handle.asType(MethodType.methodType(void.class, Object.class, Object.class));
        } catch (IllegalAccessException e) {
            throw closed(method.getDeclaringClass(), e);
        }
    }

    /** The canonical constructor of a record, from an array of its components' values to an Object. */
    static MethodHandle spreader(Class<?> raw, int[] order) {
        try {
            Class<?>[] types = Arrays.stream(raw.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<?> constructor = open(raw.getDeclaredConstructor(types), raw);
            MethodHandle handle = LOOKUP.unreflectConstructor(constructor);
            MethodHandle generic = handle.asType(MethodType.genericMethodType(types.length));
            return MethodHandles.permuteArguments(generic, generic.type(), order)
                    .asSpreader(Object[].class, types.length);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw closed(raw, e);
        }
    }

    /** The constructor of a bean, to an Object; null if it has none without arguments. */
    static @Nullable MethodHandle constructor(Class<?> raw) {
        try {
            Constructor<?> constructor = open(raw.getDeclaredConstructor(), raw);
            return LOOKUP.unreflectConstructor(constructor).asType(MethodType.methodType(Object.class));
        } catch (NoSuchMethodException e) {
            return null;
        } catch (IllegalAccessException e) {
            throw closed(raw, e);
        }
    }

    private static <T extends AccessibleObject> T open(T member, Class<?> owner) {
        try {
            member.setAccessible(true);
            return member;
        } catch (InaccessibleObjectException e) {
            throw closed(owner, e);
        }
    }

    private static JobMonException closed(Class<?> owner, Exception e) {
        return new JobMonException(
                owner.getName() + " cannot be reached: its module does not open its package. Add `opens "
                        + owner.getPackageName() + ";` to the module-info of "
                        + owner.getModule().getName() + ", or make the module open.",
                e);
    }
}

package io.jobmon.core.identity;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Type;

/** The user classes that one class names. */
final class References {

    private final Set<String> names = new HashSet<>();
    private final Set<String> seenNames = new HashSet<>();
    private final Set<String> seenDescriptors = new HashSet<>();

    List<String> list() {
        return List.copyOf(names);
    }

    void name(@Nullable String internalName) {
        if (internalName == null || !seenNames.add(internalName)) {
            return;
        }
        if (internalName.startsWith("[")) {
            type(Type.getType(internalName));
        } else if (!Territory.foreign(internalName)) {
            names.add(internalName);
        }
    }

    void names(String @Nullable [] internalNames) {
        if (internalNames != null) {
            for (String each : internalNames) {
                name(each);
            }
        }
    }

    void descriptor(String descriptor) {
        if (seenDescriptors.add(descriptor)) {
            type(Type.getType(descriptor));
        }
    }

    /** Adds what a constant names: a class, a method type, a method handle, a dynamic constant; others name nothing. */
    void constant(Object value) {
        if (value instanceof Type type) {
            type(type);
        } else if (value instanceof Handle handle) {
            name(handle.getOwner());
            descriptor(handle.getDesc());
        } else if (value instanceof ConstantDynamic dynamic) {
            descriptor(dynamic.getDescriptor());
            constant(dynamic.getBootstrapMethod());
            for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                constant(dynamic.getBootstrapMethodArgument(i));
            }
        }
    }

    private void type(Type type) {
        switch (type.getSort()) {
            case Type.ARRAY -> type(type.getElementType());
            case Type.OBJECT -> name(type.getInternalName());
            case Type.METHOD -> {
                type(type.getReturnType());
                for (Type argument : type.getArgumentTypes()) {
                    type(argument);
                }
            }
            default -> {
                // primitive
            }
        }
    }
}

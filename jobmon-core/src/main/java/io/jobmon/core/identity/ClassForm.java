package io.jobmon.core.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;

/**
 * What a class does, without what a compiler adds for debuggers. Left out: debug attributes, frames, stack sizes, the class
 * file's version, the lists of inner classes and nest members (they name classes that the code does not use, and -g changes
 * them), deprecation (a comment sets it), type annotations. A lambda stands where it is used, by the digest of its body:
 * javac numbers lambdas, and without -g makes one of two alike.
 */
final class ClassForm extends ClassVisitor {

    private final References references = new References();
    private final List<@Nullable Object> head = new ArrayList<>();
    private final Map<String, String> capturedNames = new HashMap<>();
    private final List<MethodForm> methods = new ArrayList<>();
    private final Map<String, MethodForm> lambdas = new LinkedHashMap<>();
    private final Map<String, byte[]> lambdaDigests = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private String className = "";

    private ClassForm() {
        super(Opcodes.ASM9);
    }

    /** A class's digest, the names (with slashes) of the user classes it names, and a checksum of the file as it is. */
    record Digest(byte[] sha256, List<String> references, long checksum) {}

    static Digest of(byte[] classFile) {
        ClassForm form = new ClassForm();
        new ClassReader(classFile).accept(form, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return new Digest(form.write(), form.references.list(), ClassFiles.checksum(classFile));
    }

    String fieldName(String holder, String field) {
        return holder.equals(className) ? capturedNames.getOrDefault(field, field) : field;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        className = name;
        references.name(superName);
        references.names(interfaces);
        add("class", flags(access), name, signature, superName);
        addAll(head, interfaces);
    }

    @Override
    public void visitPermittedSubclass(String permitted) {
        references.name(permitted);
        add("permits", permitted);
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
        return AnnotationForm.of(type, visible, head, references);
    }

    @Override
    public RecordComponentVisitor visitRecordComponent(String name, String type, @Nullable String signature) {
        references.descriptor(type);
        add("component", name, type, signature);
        return new RecordComponentVisitor(Opcodes.ASM9) {
            @Override
            public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                return AnnotationForm.of(annotation, visible, head, references);
            }
        };
    }

    @Override
    public FieldVisitor visitField(
            int access, String name, String type, @Nullable String signature, @Nullable Object value) {
        // The copy of a captured local is named after it, and a local's name counts for nothing.
        if ((access & Opcodes.ACC_SYNTHETIC) != 0 && name.startsWith("val$")) {
            capturedNames.put(name, "val$" + capturedNames.size());
        }
        references.descriptor(type);
        add("field", flags(access), fieldName(className, name), type, signature, value);
        return new FieldVisitor(Opcodes.ASM9) {
            @Override
            public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                return AnnotationForm.of(annotation, visible, head, references);
            }
        };
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String type, @Nullable String signature, String @Nullable [] exceptions) {
        boolean synthetic = (access & Opcodes.ACC_SYNTHETIC) != 0;
        if (synthetic && name.equals("$deserializeLambda$")) {
            return null;
        }
        references.descriptor(type);
        references.names(exceptions);
        MethodForm method = new MethodForm(this, references, flags(access), name, type);
        method.header.add(signature);
        addAll(method.header, exceptions);
        if (synthetic && name.startsWith("lambda$")) {
            lambdas.put(name + type, method);
        } else {
            methods.add(method);
        }
        return method;
    }

    private static int flags(int access) {
        return access & ~Opcodes.ACC_DEPRECATED;
    }

    private void add(@Nullable Object... values) {
        for (Object value : values) {
            head.add(value);
        }
    }

    private static void addAll(List<@Nullable Object> list, String @Nullable [] names) {
        list.add(names == null ? 0 : names.length);
        if (names != null) {
            list.addAll(List.of(names));
        }
    }

    private byte[] write() {
        Form form = new Form();
        FormWriter writer = new FormWriter(form, this);
        head.forEach(writer::value);
        for (MethodForm method : methods) {
            writer.method(method, method.name);
        }
        lambdas.forEach((key, lambda) -> {
            if (!lambdaDigests.containsKey(key)) {
                writer.method(lambda, lambda.name);
            }
        });
        return form.digest();
    }

    /** The digest of a lambda's body, or null if the handle is of something else. */
    byte @Nullable [] lambda(Handle handle) {
        String key = handle.getName() + handle.getDesc();
        MethodForm body = lambdas.get(key);
        if (body == null || !handle.getOwner().equals(className)) {
            return null;
        }
        byte[] digest = lambdaDigests.get(key);
        if (digest == null && underWay.add(key)) {
            Form form = new Form();
            new FormWriter(form, this).method(body, "lambda");
            digest = form.digest();
            lambdaDigests.put(key, digest);
        }
        return digest;
    }
}

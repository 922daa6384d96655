package io.jobmon.core.identity;

import java.lang.reflect.Array;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.Opcodes;

/** Collects what an annotation says, and the classes among its values. */
final class AnnotationForm extends AnnotationVisitor {

    /** Ends an annotation or an array: no value can be taken for it. */
    enum Mark {
        END
    }

    private final List<@Nullable Object> out;
    private final References references;

    private AnnotationForm(List<@Nullable Object> out, References references) {
        super(Opcodes.ASM9);
        this.out = out;
        this.references = references;
    }

    /**
     * Reads one annotation.
     *
     * @return null if it is left out: those that are not there at run time, and Kotlin's, which hold line numbers
     */
    static @Nullable AnnotationForm of(
            String descriptor, boolean visible, List<@Nullable Object> out, References references) {
        if (!visible || descriptor.startsWith("Lkotlin/")) {
            return null;
        }
        out.add("@" + descriptor);
        return new AnnotationForm(out, references);
    }

    static AnnotationForm ofDefault(List<@Nullable Object> out, References references) {
        out.add("default");
        return new AnnotationForm(out, references);
    }

    @Override
    public void visit(@Nullable String name, Object value) {
        out.add(name);
        if (value.getClass().isArray()) {
            int length = Array.getLength(value);
            out.add(length);
            for (int i = 0; i < length; i++) {
                out.add(Array.get(value, i));
            }
        } else {
            references.constant(value);
            out.add(value);
        }
    }

    @Override
    public void visitEnum(@Nullable String name, String descriptor, String value) {
        out.add(name);
        out.add(descriptor);
        out.add(value);
    }

    @Override
    public AnnotationVisitor visitAnnotation(@Nullable String name, String descriptor) {
        out.add(name);
        out.add("@" + descriptor);
        return this;
    }

    @Override
    public AnnotationVisitor visitArray(@Nullable String name) {
        out.add(name);
        return this;
    }

    @Override
    public void visitEnd() {
        out.add(Mark.END);
    }
}

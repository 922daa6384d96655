package io.jobmon.core.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Collects a method's instructions, and the classes they name. */
final class MethodForm extends MethodVisitor {

    record TryBlock(
            Label start, Label end, Label handler, @Nullable String type) {}

    final int access;
    final String name;
    final String descriptor;
    final List<@Nullable Object> header = new ArrayList<>();
    final List<Instruction> code = new ArrayList<>();
    final List<TryBlock> tryBlocks = new ArrayList<>();
    final Map<Label, Integer> positions = new HashMap<>();

    boolean subroutines;

    private final ClassForm owner;
    private final References references;
    private @Nullable Type literal;

    MethodForm(ClassForm owner, References references, int access, String name, String descriptor) {
        super(Opcodes.ASM9);
        this.owner = owner;
        this.references = references;
        this.access = access;
        this.name = name;
        this.descriptor = descriptor;
    }

    int parameterSlots() {
        int slots = Type.getArgumentsAndReturnSizes(descriptor) >> 2;
        return (access & Opcodes.ACC_STATIC) == 0 ? slots : slots - 1;
    }

    private void add(int opcode, Object... operands) {
        addAt(opcode, Instruction.NO_SLOT, operands);
    }

    private void addAt(int opcode, int slot, Object... operands) {
        settleLiteral();
        code.add(new Instruction(opcode, slot, operands));
    }

    private void settleLiteral() {
        if (literal != null) {
            references.constant(literal);
            literal = null;
        }
    }

    @Override
    public void visitInsn(int opcode) {
        settleLiteral();
        code.add(Instruction.plain(opcode));
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        add(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int slot) {
        addAt(opcode, slot);
    }

    @Override
    public void visitIincInsn(int slot, int increment) {
        addAt(Opcodes.IINC, slot, increment);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        references.name(type);
        add(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String holder, String field, String type) {
        references.name(holder);
        references.descriptor(type);
        add(opcode, holder, owner.fieldName(holder, field), type);
    }

    @Override
    public void visitMethodInsn(int opcode, String holder, String method, String type, boolean isInterface) {
        // An assert asks the outermost class whether assertions are on: that alone does not make it part of the job.
        if (method.equals("desiredAssertionStatus") && holder.equals("java/lang/Class")) {
            literal = null;
        }
        references.name(holder);
        references.descriptor(type);
        add(opcode, holder, method, type, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(String method, String type, Handle bootstrap, Object... arguments) {
        references.descriptor(type);
        references.constant(bootstrap);
        List<Object> operands = new ArrayList<>(List.of(method, type, bootstrap));
        for (Object argument : arguments) {
            references.constant(argument);
            operands.add(argument);
        }
        add(Opcodes.INVOKEDYNAMIC, operands.toArray());
    }

    @Override
    public void visitLdcInsn(Object value) {
        add(Opcodes.LDC, value);
        if (value instanceof Type type) {
            literal = type;
        } else {
            references.constant(value);
        }
    }

    @Override
    public void visitMultiANewArrayInsn(String type, int dimensions) {
        references.descriptor(type);
        add(Opcodes.MULTIANEWARRAY, type, dimensions);
    }

    @Override
    public void visitJumpInsn(int opcode, Label target) {
        subroutines |= opcode == Opcodes.JSR;
        add(opcode, target);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... targets) {
        List<Object> operands = new ArrayList<>(List.of(min, max, otherwise));
        operands.addAll(List.of(targets));
        add(Opcodes.TABLESWITCH, operands.toArray());
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] targets) {
        List<Object> operands = new ArrayList<>(List.of(otherwise));
        for (int i = 0; i < keys.length; i++) {
            operands.add(keys[i]);
            operands.add(targets[i]);
        }
        add(Opcodes.LOOKUPSWITCH, operands.toArray());
    }

    @Override
    public void visitLabel(Label label) {
        positions.put(label, code.size());
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
        references.name(type);
        tryBlocks.add(new TryBlock(start, end, handler, type));
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
        return AnnotationForm.of(type, visible, header, references);
    }

    @Override
    public @Nullable AnnotationVisitor visitParameterAnnotation(int parameter, String type, boolean visible) {
        header.add(parameter);
        return AnnotationForm.of(type, visible, header, references);
    }

    @Override
    public AnnotationVisitor visitAnnotationDefault() {
        return AnnotationForm.ofDefault(header, references);
    }

    @Override
    public void visitEnd() {
        settleLiteral();
    }
}

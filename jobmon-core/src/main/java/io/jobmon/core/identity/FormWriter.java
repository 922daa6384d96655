package io.jobmon.core.identity;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.Type;

/** Writes the parts of a class into its form, each value with a letter for its kind before it. */
final class FormWriter {

    private final Form form;
    private final ClassForm owner;

    FormWriter(Form form, ClassForm owner) {
        this.form = form;
        this.owner = owner;
    }

    void method(MethodForm method, String name) {
        form.number('m').number(method.access).text(name).text(method.descriptor);
        form.number(method.header.size());
        method.header.forEach(this::value);
        Variables variables = new Variables(method);
        int[] places = places(method, variables);
        int written = 0;
        for (int at = 0; at < places.length - 1; at++) {
            if (places[at + 1] > places[at]) {
                instruction(method, at, variables.number(at), places);
                written++;
            }
        }
        form.number(written);
        for (MethodForm.TryBlock block : method.tryBlocks) {
            label(block.start(), method.positions, places);
            label(block.end(), method.positions, places);
            label(block.handler(), method.positions, places);
            form.text(block.type());
        }
    }

    /** The place of each instruction among those that are written; one that is left out has that of its successor. */
    private static int[] places(MethodForm method, Variables variables) {
        int[] places = new int[method.code.size() + 1];
        int next = 0;
        for (int at = 0; at < method.code.size(); at++) {
            places[at] = next;
            if (variables.idle(at)) {
                places[++at] = next;
            } else {
                next++;
            }
        }
        places[method.code.size()] = next;
        return places;
    }

    private void instruction(MethodForm method, int at, int variable, int[] places) {
        Instruction instruction = method.code.get(at);
        Object[] operands = instruction.operands();
        form.number(instruction.opcode() | operands.length << Byte.SIZE);
        if (instruction.slot() != Instruction.NO_SLOT) {
            form.number(variable);
        }
        for (Object operand : operands) {
            if (operand instanceof Label label) {
                label(label, method.positions, places);
            } else {
                value(operand);
            }
        }
    }

    private void label(Label label, Map<Label, Integer> positions, int[] places) {
        form.number('l').number(places[positions.getOrDefault(label, places.length - 1)]);
    }

    void value(@Nullable Object value) {
        if (value == null) {
            form.number('0');
        } else if (value instanceof String text) {
            form.number('s').text(text);
        } else if (value instanceof Type type) {
            form.number('t').text(type.getDescriptor());
        } else if (value instanceof Handle handle) {
            handle(handle);
        } else if (value instanceof ConstantDynamic dynamic) {
            form.number('c').text(dynamic.getName()).text(dynamic.getDescriptor());
            handle(dynamic.getBootstrapMethod());
            form.number(dynamic.getBootstrapMethodArgumentCount());
            for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                value(dynamic.getBootstrapMethodArgument(i));
            }
        } else {
            scalar(value);
        }
    }

    private void scalar(Object value) {
        if (value instanceof Long number) {
            form.number('j').wide(number);
        } else if (value instanceof Double number) {
            form.number('d').wide(Double.doubleToRawLongBits(number));
        } else if (value instanceof Float number) {
            form.number('f').number(Float.floatToRawIntBits(number));
        } else if (value instanceof Boolean flag) {
            form.number('z').number(flag ? 1 : 0);
        } else if (value instanceof Character unit) {
            form.number('u').number(unit);
        } else if (value instanceof AnnotationForm.Mark) {
            form.number('e');
        } else if (value instanceof Number number) {
            form.number('i').number(number.intValue());
        } else {
            throw new IllegalStateException("no form for " + value.getClass().getName());
        }
    }

    private void handle(Handle handle) {
        byte[] lambda = owner.lambda(handle);
        form.number('h').number(handle.getTag());
        if (lambda != null) {
            form.number('b').text(handle.getDesc()).raw(lambda);
        } else {
            form.number('n').text(handle.getOwner()).text(handle.getName()).text(handle.getDesc());
            form.number(handle.isInterface() ? 1 : 0);
        }
    }
}

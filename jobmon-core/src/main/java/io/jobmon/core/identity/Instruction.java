package io.jobmon.core.identity;

import org.objectweb.asm.Opcodes;

/**
 * One instruction.
 *
 * @param opcode what it does
 * @param slot the local variable it reads or writes, or -1
 * @param operands all else: numbers, texts, types, handles, labels
 */
record Instruction(int opcode, int slot, Object... operands) {

    static final int NO_SLOT = -1;

    private static final Instruction[] PLAIN = new Instruction[256];

    static {
        for (int opcode = 0; opcode < PLAIN.length; opcode++) {
            PLAIN[opcode] = new Instruction(opcode, NO_SLOT);
        }
    }

    /** The instruction without slot and operands. */
    static Instruction plain(int opcode) {
        return PLAIN[opcode];
    }

    boolean reads() {
        return opcode >= Opcodes.ILOAD && opcode <= Opcodes.ALOAD || opcode == Opcodes.IINC;
    }

    boolean stores() {
        return opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE;
    }

    boolean pushesConstant() {
        return opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.LDC;
    }

    /** Whether what stands behind it is reached only by a jump. */
    boolean leaves() {
        return opcode == Opcodes.GOTO
                || opcode == Opcodes.ATHROW
                || opcode == Opcodes.TABLESWITCH
                || opcode == Opcodes.LOOKUPSWITCH
                || opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
    }

    boolean branches() {
        return leaves()
                || opcode >= Opcodes.IFEQ && opcode <= Opcodes.IF_ACMPNE
                || opcode == Opcodes.IFNULL
                || opcode == Opcodes.IFNONNULL;
    }
}

package io.jobmon.core.identity;

import io.jobmon.core.identity.MethodForm.TryBlock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Label;

/**
 * A method's local variables by what flows through them, not by slot. With -g, javac also stores the constants of final
 * locals, which nothing reads, and so gives the other variables other slots, and other variables a slot in common. Here a
 * variable is the stores that reach a common load (reaching definitions), and a constant stored for nobody is left out.
 */
final class Variables {

    private static final int NOBODY = -1;

    private final MethodForm method;
    private final List<Instruction> code;
    private final int parameters;
    /** A definition is a parameter slot at entry, or a store: its number by the store's place. */
    private final int[] definitionAt;

    /** One of the definitions that reach a load, by the load's place. */
    private final int[] sourceAt;

    private final Map<Integer, BitSet> definitionsOfSlot = new HashMap<>();
    private final BitSet leaders = new BitSet();
    private final Map<Integer, BitSet> reachingBlock = new HashMap<>();
    private final Deque<Integer> work = new ArrayDeque<>();
    private final BitSet read = new BitSet();
    private final int[] parent;
    private final int[] numbers;
    private final boolean bySlot;
    private int next;

    Variables(MethodForm method) {
        this.method = method;
        code = method.code;
        parameters = method.parameterSlots();
        definitionAt = new int[code.size()];
        sourceAt = new int[code.size()];
        Arrays.fill(sourceAt, NOBODY);
        int definitions = define();
        parent = new int[definitions];
        numbers = new int[definitions];
        bySlot = definitions == parameters || method.subroutines;
        if (!bySlot) {
            Arrays.setAll(parent, i -> i);
            Arrays.fill(numbers, NOBODY);
            flow();
            reachingBlock.keySet().forEach(this::join);
            for (int i = 0; i < parameters; i++) {
                numbers[root(i)] = i;
            }
            next = parameters;
        }
    }

    /** Whether this instruction and the one behind it store a constant that is never read. */
    boolean idle(int at) {
        return !bySlot
                && code.get(at).pushesConstant()
                && at + 1 < code.size()
                && code.get(at + 1).stores()
                && !leaders.get(at + 1)
                && !read.get(definitionAt[at + 1]);
    }

    /** The number of the variable that this instruction reads or stores, counted by first use behind the parameters. */
    int number(int at) {
        Instruction instruction = code.get(at);
        if (bySlot || instruction.slot() == Instruction.NO_SLOT) {
            return instruction.slot();
        }
        int definition = instruction.stores() ? definitionAt[at] : sourceAt[at];
        if (definition == NOBODY) {
            return NOBODY;
        }
        int root = root(definition);
        if (numbers[root] == NOBODY) {
            numbers[root] = next++;
        }
        return numbers[root];
    }

    private int define() {
        int definitions = parameters;
        for (int slot = 0; slot < parameters; slot++) {
            ofSlot(slot).set(slot);
        }
        for (int at = 0; at < definitionAt.length; at++) {
            definitionAt[at] = NOBODY;
            if (code.get(at).stores()) {
                ofSlot(code.get(at).slot()).set(definitions);
                definitionAt[at] = definitions++;
            }
        }
        return definitions;
    }

    private void flow() {
        leaders.set(0);
        method.positions.values().forEach(leaders::set);
        for (int at = 0; at < code.size(); at++) {
            leaders.set(at + 1, leaders.get(at + 1) || code.get(at).branches());
        }
        BitSet entry = new BitSet();
        entry.set(0, parameters);
        reach(0, entry);
        while (!work.isEmpty()) {
            flowThrough(work.remove());
        }
    }

    private void flowThrough(int start) {
        BitSet reaching = reaching(start);
        BitSet thrown = (BitSet) reaching.clone();
        int end = end(start);
        for (int at = start; at < end; at++) {
            if (definitionAt[at] != NOBODY) {
                store(at, reaching);
                thrown.set(definitionAt[at]);
            }
        }
        Instruction last = code.get(end - 1);
        if (!last.leaves()) {
            reach(end, reaching);
        }
        for (Object operand : last.operands()) {
            if (operand instanceof Label target) {
                reach(position(target), reaching);
            }
        }
        for (TryBlock block : method.tryBlocks) {
            if (position(block.start()) <= start && start < position(block.end())) {
                reach(position(block.handler()), thrown);
            }
        }
    }

    private void reach(int start, BitSet definitions) {
        if (start >= code.size()) {
            return;
        }
        BitSet known = reachingBlock.get(start);
        if (known == null) {
            reachingBlock.put(start, (BitSet) definitions.clone());
            work.add(start);
            return;
        }
        int before = known.cardinality();
        known.or(definitions);
        if (known.cardinality() > before) {
            work.add(start);
        }
    }

    /** Makes one variable of the stores that reach a load in this block. */
    private void join(int start) {
        BitSet reaching = reaching(start);
        int end = end(start);
        for (int at = start; at < end; at++) {
            if (definitionAt[at] != NOBODY) {
                store(at, reaching);
            } else if (code.get(at).reads()) {
                BitSet candidates = ofSlot(code.get(at).slot());
                for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
                    if (reaching.get(i)) {
                        read.set(i);
                        joinTo(at, i);
                    }
                }
            }
        }
    }

    private void joinTo(int at, int definition) {
        if (sourceAt[at] == NOBODY) {
            sourceAt[at] = definition;
        } else {
            parent[root(definition)] = root(sourceAt[at]);
        }
    }

    private void store(int at, BitSet reaching) {
        reaching.andNot(ofSlot(code.get(at).slot()));
        reaching.set(definitionAt[at]);
    }

    private int root(int definition) {
        int root = definition;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }

    private int end(int start) {
        int end = leaders.nextSetBit(start + 1);
        return end < 0 ? code.size() : Math.min(end, code.size());
    }

    private int position(Label label) {
        return method.positions.getOrDefault(label, code.size());
    }

    private BitSet reaching(int start) {
        return (BitSet) reachingBlock.getOrDefault(start, new BitSet()).clone();
    }

    private BitSet ofSlot(int slot) {
        return definitionsOfSlot.computeIfAbsent(slot, unused -> new BitSet());
    }
}

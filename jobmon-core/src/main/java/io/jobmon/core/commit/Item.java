package io.jobmon.core.commit;

import io.jobmon.core.queue.Claim;
import io.jobmon.core.queue.Outcomes;

/** What waits to be brought to Redis. */
sealed interface Item {

    CommitTarget target();

    /** How much memory it holds, roughly. */
    int bytes();

    record Single(CommitTarget target, Claim claim, Outcomes.Single result) implements Item {
        @Override
        public int bytes() {
            return result.value().length + result.ground().length;
        }
    }

    record Block(CommitTarget target, Outcomes.Block block) implements Item {
        @Override
        public int bytes() {
            return block.sealed().length;
        }
    }

    record Fault(CommitTarget target, Outcomes.Fault fault) implements Item {
        @Override
        public int bytes() {
            byte[] output = fault.output();
            return fault.cause().length + (output == null ? 0 : output.length);
        }
    }

    record End(CommitTarget target, Claim claim) implements Item {
        @Override
        public int bytes() {
            return 0;
        }
    }

    record Release(CommitTarget target, Claim claim) implements Item {
        @Override
        public int bytes() {
            return 0;
        }
    }
}

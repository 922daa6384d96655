package io.jobmon.core.queue;

import java.util.ArrayList;
import java.util.List;

/** Runs scripts on sweeps, through one link. */
record Scripts(RedisLink link, Keys keys) {

    Reply run(Script script, String sweep, byte[]... arguments) {
        return new Reply(link.run(script, keys.meta(sweep), arguments));
    }

    /** Where scripts publish what happened to a sweep. */
    byte[] channel() {
        return Reply.utf8(keys.events());
    }

    static byte[][] list(List<byte[]> first, List<String> rest) {
        List<byte[]> all = new ArrayList<>(first);
        rest.forEach(text -> all.add(Reply.utf8(text)));
        return all.toArray(byte[][]::new);
    }
}

package io.jobmon.core.queue;

import io.jobmon.JobMonException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs scripts on sweeps, through one link. */
record Scripts(RedisLink link, Keys keys) {

    /** So many sweeps are looked at by one call. */
    private static final int CHUNK = 500;

    Reply run(Script script, String sweep, byte[]... arguments) {
        return new Reply(link.run(script, new String[] {keys.meta(sweep)}, arguments));
    }

    /** Fields of many sweeps; what is not there is empty. */
    Map<String, List<String>> fields(Collection<String> sweeps, String... names) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        List<String> all = List.copyOf(sweeps);
        for (int from = 0; from < all.size(); from += CHUNK) {
            List<String> some = all.subList(from, Math.min(all.size(), from + CHUNK));
            List<String> values = values(some, names);
            for (int k = 0; k < some.size(); k++) {
                fields.put(some.get(k), values.subList(k * names.length, (k + 1) * names.length));
            }
        }
        return fields;
    }

    private List<String> values(List<String> sweeps, String... names) {
        try {
            byte[][] arguments = Stream.of(names).map(Reply::utf8).toArray(byte[][]::new);
            String[] metas = sweeps.stream().map(keys::meta).toArray(String[]::new);
            return new Reply(link.run(Script.FIELDS, metas, arguments)).from(0);
        } catch (JobMonException e) {
            if (!String.valueOf(e.getMessage()).contains("CROSSSLOT")) {
                throw e;
            }
            // A server in cluster mode, even if it is a single one.
            return link.ask(commands ->
                    sweeps.stream().map(sweep -> commands.hmget(keys.meta(sweep), names)).toList().stream()
                            .flatMap(reply -> RedisLink.got(reply).stream())
                            .map(field -> field.hasValue() ? Reply.text(field.getValue()) : "")
                            .toList());
        }
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

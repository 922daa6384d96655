package io.jobmon.core.telemetry;

import io.jobmon.core.codec.Json;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a listener can be reached, as it stands in Redis.
 *
 * @param id whose
 * @param endpoint a ZeroMQ address: tcp, a numerical host, a port
 * @param key its public key for CurveZMQ, Z85
 */
record Address(String id, String endpoint, String key) {

    private static final Pattern ENDPOINT =
            Pattern.compile("tcp://(?:\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]{2,45}(?:%[\\w.-]{1,15})?]):\\d{1,5}");

    /** Z85: ZeroMQ RFC 32. */
    private static final Pattern KEY = Pattern.compile("[0-9a-zA-Z.\\-:+=^!/*?&<>()\\[\\]{}@%$#]{40}");

    String json() {
        return Json.text(Map.of("endpoint", endpoint, "key", key));
    }

    /** Whatever stands in Redis; empty if it is no address. */
    static Optional<Address> read(String id, String json) {
        Map<?, ?> entry = Json.object(json);
        return entry.get("endpoint") instanceof String endpoint
                        && ENDPOINT.matcher(endpoint).matches()
                        && entry.get("key") instanceof String key
                        && isKey(key)
                ? Optional.of(new Address(id, endpoint, key))
                : Optional.empty();
    }

    static boolean isKey(String text) {
        return KEY.matcher(text).matches();
    }
}

package io.jobmon.core.host;

import io.jobmon.core.codec.Json;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What workers say of themselves, as far as it tells where they were launched. It may be anything. */
final class Cards {

    private Cards() {}

    /** The cards that have a value under a key. */
    static Map<String, String> of(Map<String, String> cards, String key, String value) {
        Map<String, String> found = new TreeMap<>();
        cards.forEach((id, card) -> {
            if (says(card, key, value)) {
                found.put(id, card);
            }
        });
        return found;
    }

    /** The workers whose cards have a value under a key. */
    static Set<String> at(Map<String, String> cards, String key, String value) {
        return of(cards, key, value).keySet();
    }

    private static boolean says(String card, String key, String value) {
        try {
            return Json.parse(card) instanceof Map<?, ?> map && value.equals(map.get(key));
        } catch (RuntimeException e) {
            return false;
        }
    }
}

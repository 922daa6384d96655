package io.jobmon.core.isolate;

import io.jobmon.core.codec.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parameters as a program gets them. */
final class ParameterTexts {

    private static final int ASCII = 0x7f;

    private ParameterTexts() {}

    /** Name to text: numbers in shortest form, lists and maps as JSON, strings as they are. */
    static Map<String, String> of(Map<String, Object> params) {
        Map<String, String> texts = new LinkedHashMap<>();
        params.forEach((name, value) -> texts.put(name, value instanceof String text ? text : Json.text(value)));
        return texts;
    }

    /** All of them as one JSON object on a line, in ASCII, so that it means the same in any locale. */
    static String json(Map<String, Object> params) {
        String json = Json.text(params);
        StringBuilder ascii = new StringBuilder(json.length() + 1);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c < ASCII) {
                ascii.append(c);
            } else {
                // Beyond ASCII there is nothing but the inside of strings.
                ascii.append("\\u").append(Character.forDigit(c >> 12, 16)).append(Character.forDigit(c >> 8 & 15, 16));
                ascii.append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return ascii.append('\n').toString();
    }
}

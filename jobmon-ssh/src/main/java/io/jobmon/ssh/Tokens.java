package io.jobmon.ssh;

import io.jobmon.JobMonException;
import java.util.Map;

/** Percent signs in values of an SSH configuration: ssh_config(5), TOKENS. */
final class Tokens {

    private Tokens() {}

    /** Replaces each {@code %x} by what stands for x; a percent sign itself is {@code %%}. */
    static String expand(SshConfig.Value value, String text, Map<Character, String> meanings) {
        StringBuilder expanded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '%') {
                expanded.append(text.charAt(i));
                continue;
            }
            i++;
            char token = i < text.length() ? text.charAt(i) : ' ';
            String meaning = token == '%' ? "%" : meanings.get(token);
            if (meaning == null) {
                throw new JobMonException(value.where() + " is '" + text + "', and JobMon does not know %" + token
                        + " there; write it out.");
            }
            expanded.append(meaning);
        }
        return expanded.toString();
    }
}

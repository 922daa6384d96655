package io.jobmon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import io.jobmon.spi.ShellWords;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Texts that go through a real shell. */
class ShellWordsTest {

    /** What a shell, or printf, could take for something else. */
    private static final String NASTY = "'\"\\`$!&|;<>(){}[]*?~#=%^ \t\n\r-äöüß✓\ud83d\ude00\u0001\u007f";

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                        Arbitraries.strings()
                                .withChars(NASTY.replaceAll("[\ud83d\ude00]", ""))
                                .ofMaxLength(12),
                        Arbitraries.strings().excludeChars('\0').ofMaxLength(20),
                        Arbitraries.of(
                                "",
                                "-",
                                "--",
                                "-n",
                                "$(id)",
                                "`id`",
                                "'",
                                "''",
                                "\\",
                                "\n",
                                "a\nb\n",
                                "~",
                                "\ud83d\ude00"))
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }

    @Provide
    Arbitrary<List<String>> vectors() {
        return texts().list().ofMinSize(1).ofMaxSize(12);
    }

    @Property(tries = 300)
    void should_come_out_as_it_went_in_when_a_shell_reads_it(@ForAll("vectors") List<String> arguments)
            throws IOException {
        List<String> argv = new ArrayList<>(List.of("printf", "%s\\0"));
        argv.addAll(arguments);

        assertThat(shell(ShellWords.join(argv))).isEqualTo(String.join("\0", arguments) + "\0");
    }

    /** The script goes in as bytes, so that the locale of the tests does not matter. */
    private static String shell(String script) throws IOException {
        Process process = new ProcessBuilder("sh").redirectErrorStream(true).start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write((script + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Example
    void should_refuse_when_a_text_holds_a_nul() {
        assertThatThrownBy(() -> ShellWords.join(List.of("a", "b\0c")))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("NUL");
    }
}

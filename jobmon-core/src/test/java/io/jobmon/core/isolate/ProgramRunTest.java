package io.jobmon.core.isolate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramRunTest {

    private static ProgramRun run(String script) throws Exception {
        String id = UUID.randomUUID().toString();
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script);
        ProcessGroup.clean(builder.environment());
        builder.environment().put("RUN", id);
        ProgramRun run = new ProgramRun(builder, "RUN=" + id, "", 1000, new PrintListener() {});
        assertThat(run.await()).isZero();
        return run;
    }

    private static boolean alive(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    /** Of the group, out of it, out of it without a hold on the streams. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep 1000 & echo $!",
                "setsid sleep 1000 & echo $!",
                "setsid sleep 1000 >/dev/null 2>&1 </dev/null & echo $!",
            })
    void should_kill_what_a_brief_program_leaves_behind_when_it_has_ended(String script) throws Exception {
        ProgramRun run = run(script);

        long left = Long.parseLong(run.stdout().utf8().orElseThrow().trim());
        await().atMost(Duration.ofSeconds(20)).until(() -> !alive(left));
        assertThat(run.deserted()).isFalse();
    }

    @Test
    void should_be_deserted_when_nothing_was_left_behind() throws Exception {
        ProgramRun run = run("sh -c 'exit 0'; exit 0");

        assertThat(run.deserted()).isTrue();
    }

    @Test
    void should_find_the_mark_when_numbers_began_anew() throws Exception {
        String id = UUID.randomUUID().toString();
        ProcessBuilder builder = new ProcessBuilder("sleep", "1000");
        builder.environment().put("RUN", id);
        Process left = builder.start();

        assertThat(Strays.killSince(Long.MAX_VALUE, "RUN=" + id)).isTrue();

        assertThat(left.waitFor()).isEqualTo(137);
    }
}

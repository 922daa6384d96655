package io.jobmon.core.isolate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildOutputTest {

    private static final String SECRET = "5ec2e7";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<String> told = new CopyOnWriteArrayList<>();

    private void print(String text) {
        printed.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void end(long run, String executionId) {
        printed.writeBytes(ChildStreams.boundary(SECRET, run, executionId));
    }

    private InputStream read(int most) {
        return new ByteArrayInputStream(printed.toByteArray()) {
            @Override
            public int read(byte[] to) {
                return super.read(to, 0, Math.min(most, to.length));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1 << 16})
    void should_tell_who_has_printed_what_when_many_runs_arrive_at_once(int most) {
        print("one\n");
        end(1, "sweep-1-a");
        print("\u001e5ec2 no boundary\nthree");
        end(3, "sweep-3-b");
        end(4, "sweep-4-c");
        print("\u001e" + SECRET + "0".repeat(600) + "five\n");
        end(5, "sweep-5-d");
        print("last words");

        ChildOutput output =
                new ChildOutput(read(most), SECRET, "test-output", "STDOUT", (id, text) -> told.add(id + " " + text));

        assertThat(output.last()).isEqualTo("last words");
        assertThat(told)
                .containsExactly(
                        "sweep-1-a one\n",
                        "sweep-3-b \u001e5ec2 no boundary\nthree",
                        "sweep-4-c ",
                        "sweep-5-d \u001e" + SECRET + "0".repeat(600) + "five\n");
    }

    @Test
    void should_answer_others_when_a_listener_takes_its_time() {
        print("one\n");
        end(1, "sweep-1-a");
        CompletableFuture<ChildOutput> known = new CompletableFuture<>();

        ChildOutput output = new ChildOutput(
                read(100), SECRET, "test-output", "STDOUT", (id, text) -> told.add(askedByAnother(known, 1)));
        known.complete(output);

        assertThat(output.last()).isEmpty();
        assertThat(told).containsExactly("one\n");
    }

    private static String askedByAnother(CompletableFuture<ChildOutput> output, long run) {
        return output.thenApplyAsync(known -> known.of(run))
                .orTimeout(10, TimeUnit.SECONDS)
                .handle((text, late) -> late == null ? text : "locked out")
                .join();
    }
}

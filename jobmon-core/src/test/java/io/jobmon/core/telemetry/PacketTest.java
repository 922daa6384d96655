package io.jobmon.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.LogLine;
import io.jobmon.ProgressLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketTest {

    private static final byte[] HEAD = Packet.head("w-1", "h", "e1", 7);

    private static byte[] deflated(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(out)) {
            deflate.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    @Test
    void should_read_what_was_written() {
        Packet packet = Packet.read(
                HEAD,
                Packet.body(List.of(
                        Entry.line(1000, "WARN", "job", "s-1", "grüße\n\tand \"more\""),
                        Entry.progress(2000, "job", "s-1", 1))));
        assertThat(packet)
                .isEqualTo(new Packet(
                        7,
                        "e1",
                        "w-1",
                        List.of(new LogLine(
                                Instant.ofEpochMilli(1000), "WARN", "h", "w-1", "job", "s-1", "grüße\n\tand \"more\"")),
                        List.of(new ProgressLine(Instant.ofEpochMilli(2000), "h", "w-1", "job", "s-1", 1))));
    }

    @Test
    void should_hold_what_a_batch_may_be_when_it_is_all_escapes() {
        List<Entry> batch = new ArrayList<>();
        int characters = 0;
        while (batch.size() < Packet.ENTRIES && characters < Packet.CHARACTERS) {
            Entry entry = Entry.line(1, "INFO", "j", "e", "\u0001".repeat(Entry.LONGEST));
            characters += entry.size();
            batch.add(entry);
        }
        byte[] body = Packet.body(batch);
        assertThat(body.length).isLessThan(Packet.MOST_BYTES);
        assertThat(Packet.read(HEAD, body).lines())
                .hasSize(batch.size())
                .allSatisfy(line -> assertThat(line.text()).isEqualTo("?".repeat(Entry.LONGEST)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{\"lines\":3}",
                "{\"lines\":[3,[],[1,2,3,4],[\"x\",\"INFO\",\"j\",\"e\",\"t\"],[-1,\"INFO\",\"j\",\"e\",\"t\"]]}",
                "{\"lines\":[[9223372036854775807,\"INFO\",\"j\",\"e\",\"t\"]]}",
                "{\"progress\":[[1,\"j\",\"e\",1.5],[1,\"j\",\"e\",\"NaN\"],[1,\"j\",\"e\",-0.5],[1.5,\"j\",\"e\",0.5]]}",
            })
    void should_leave_out_what_makes_no_sense(String body) throws IOException {
        Packet packet = Packet.read(HEAD, deflated(body));
        assertThat(packet.worker()).isEqualTo("w-1");
        assertThat(packet.lines()).isEmpty();
        assertThat(packet.progress()).isEmpty();
    }

    @Test
    void should_inflate_no_more_than_an_honest_packet_when_a_bomb_comes() throws IOException {
        String bomb = "{\"lines\":[[1,\"INFO\",\"j\",\"e\",\"" + "x".repeat(50_000_000) + "\"]]}";
        byte[] packed = deflated(bomb);
        assertThat(packed.length).isLessThan(Packet.MOST_BYTES);
        assertThat(Packet.read(HEAD, packed).lines()).isEmpty();
    }

    @Test
    void should_cut_long_names_and_mask_what_steers_a_terminal() throws IOException {
        String text = "a\\u001b[31mred\\u202e";
        Packet packet = Packet.read(
                HEAD, deflated("{\"lines\":[[1,\"INFO\",\"" + "j".repeat(1000) + "\",\"e\",\"" + text + "\"]]}"));
        assertThat(packet.lines()).singleElement().satisfies(line -> {
            assertThat(line.job()).hasSize(255);
            assertThat(line.text()).isEqualTo("a?[31mred?");
        });
    }

    @Test
    void should_survive_noise() {
        Random random = new Random(3);
        List<byte[]> noise = new ArrayList<>();
        for (int k = 0; k < 2000; k++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            noise.add(bytes);
        }
        Collections.shuffle(noise, random);
        for (int k = 0; k + 1 < noise.size(); k += 2) {
            Packet packet = Packet.read(noise.get(k), noise.get(k + 1));
            assertThat(packet.lines()).isEmpty();
            assertThat(Packet.read(HEAD, noise.get(k)).lines()).isEmpty();
        }
    }
}

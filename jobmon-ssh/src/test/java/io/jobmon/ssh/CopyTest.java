package io.jobmon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies, by SFTP and by commands. */
class CopyTest {

    private static final int MEBIBYTE = 1024 * 1024;

    /** What the other side is like. */
    enum Side {
        SFTP,
        WITHOUT_SFTP,
        BANNER,
        BANNER_WITHOUT_LINE_BREAK
    }

    @TempDir
    Path folder;

    private Node node;
    private SshChannel channel;

    @BeforeEach
    void connect() throws IOException {
        KeyPair mine = Keys.ec();
        node = Node.letting(mine);
        Workplace me = new Workplace(folder.resolve("home")).knows(node.known());
        Keys.write(mine, me.ssh("id_ecdsa"));
        channel = me.channel(node.target());
    }

    @AfterEach
    void disconnect() throws IOException {
        channel.close();
        node.close();
    }

    private void be(Side side) {
        switch (side) {
            case SFTP -> {}
            case WITHOUT_SFTP -> node.server().setSubsystemFactories(List.of());
            case BANNER -> node.banner("Welcome to node\nUse it well\n");
            case BANNER_WITHOUT_LINE_BREAK -> node.banner("Hi ");
        }
    }

    private Path random(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(folder.resolve("from" + bytes), content);
    }

    @ParameterizedTest
    @EnumSource
    void should_carry_every_byte_there_and_back_when_files_are_copied(Side side) throws IOException {
        be(side);

        int large = side == Side.SFTP ? 20 * MEBIBYTE + 7 : 3 * MEBIBYTE + 7;
        for (int bytes : new int[] {0, 1, 32_768, large}) {
            Path from = random(bytes);
            Path there = folder.resolve("there; rm -rf $HOME 'ä'");
            Path back = folder.resolve("back");

            channel.put(from, there.toString());
            channel.get(there.toString(), back);

            assertThat(there).hasSameBinaryContentAs(from);
            assertThat(back).hasSameBinaryContentAs(from);
        }
        assertThat(node.connections).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void should_tell_how_far_it_is_when_a_file_is_copied(Side side) throws IOException {
        be(side);
        Path from = random(MEBIBYTE + 7);
        List<Long> told = new ArrayList<>();

        channel.put(from, folder.resolve("there").toString(), told::add);

        assertThat(told).isSorted().hasSizeGreaterThan(10).last().isEqualTo(MEBIBYTE + 7L);
        assertThat(folder.resolve("there")).hasSameBinaryContentAs(from);
    }

    @ParameterizedTest
    @EnumSource
    void should_replace_what_is_there_when_it_is_longer(Side side) throws IOException {
        be(side);
        Path there = Files.write(folder.resolve("there"), new byte[5_000]);
        Path from = random(3);

        channel.put(from, there.toString());

        assertThat(there).hasSameBinaryContentAs(from);
    }

    @ParameterizedTest
    @EnumSource
    void should_say_what_is_wrong_when_the_other_side_refuses(Side side) throws IOException {
        be(side);
        Path from = random(3);
        String nowhere = folder.resolve("no/such/folder").toString();
        Path kept = Files.writeString(folder.resolve("kept"), "kept");

        assertThatThrownBy(() -> channel.put(from, nowhere))
                .isInstanceOf(JobMonException.class)
                .hasMessageContainingAll(node.port() + "", nowhere);
        assertThatThrownBy(() -> channel.get(nowhere, kept))
                .isInstanceOf(JobMonException.class)
                .hasMessageContainingAll(node.port() + "", nowhere);
        assertThatThrownBy(() -> channel.put(from, folder.toString()))
                .isInstanceOf(JobMonException.class)
                .hasMessageContainingAll(node.port() + "", folder.toString());

        assertThat(kept).hasContent("kept");
        assertThat(folder.resolve("kept.part")).doesNotExist();
        assertThat(node.connections).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void should_stop_when_interrupted(Side side) throws IOException {
        be(side);
        Path from = random(3);
        channel.put(from, folder.resolve("first").toString());

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> channel.put(from, folder.resolve("second").toString()))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("Interrupted");
        assertThat(Thread.interrupted()).as("interrupted still").isTrue();
        channel.put(from, folder.resolve("third").toString());
    }

    @Test
    void should_say_so_when_the_file_here_is_not_there() {
        assertThatThrownBy(() -> channel.put(folder.resolve("nothing"), "/tmp/x"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("nothing is no file that can be read");
    }

    @Test
    void should_say_so_when_the_folder_here_is_not_there() throws IOException {
        Path from = random(3);

        assertThatThrownBy(() -> channel.get(from.toString(), folder.resolve("no/such/folder")))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("it is not there");
    }
}

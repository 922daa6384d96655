package io.jobmon.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenAddressTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, 0, 127.0.0.1:9",
        "127.0.0.1:6379, 127.0.0.1, 6379, 127.0.0.1:9",
        "127.0.0.7:1, 127.0.0.7, 1, 127.0.0.7:9",
        "localhost:6379, 127.0.0.1, 6379, localhost:9",
        "::1, 0:0:0:0:0:0:0:1, 0, [::1]:9",
        "[::1], 0:0:0:0:0:0:0:1, 0, [::1]:9",
        "[::1]:6379, 0:0:0:0:0:0:0:1, 6379, [::1]:9",
    })
    void should_be_understood_when_of_this_machine(String text, String digits, int port, String at) throws IOException {
        if (text.contains("::") && NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) == null) {
            assertThatThrownBy(() -> ListenAddress.parse(text)).hasMessageContaining("no address of this machine");
            return;
        }
        ListenAddress address = ListenAddress.parse(text);

        assertThat(address.digits()).isEqualTo(digits);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.at(9)).isEqualTo(at);
        assertThat(address.isLoopback()).isTrue();
    }

    @Test
    void should_be_the_loopback_interface_when_nothing_is_said() {
        assertThat(ListenAddress.parse(null).at(9)).isEqualTo("127.0.0.1:9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6379|'6379' is no address to listen at; give ADDRESS or ADDRESS:PORT",
                ":6379|is no address",
                "''|is no address",
                "a b|is no address",
                "127.0.0.1:x|is no address",
                "127.0.0.1:0|give 1 to 65535",
                "127.0.0.1:65536|give 1 to 65535",
                "0.0.0.0|stands for all addresses",
                "[::]:6379|stands for all addresses",
                "fe80::1|is a link-local address",
                "192.0.2.1|is no address of this machine. This machine has ",
                "no-such-host.invalid|names no address that is known here. This machine has ",
            })
    void should_say_what_to_give_when_it_is_none(String text, String message) {
        assertThatThrownBy(() -> ListenAddress.parse(text))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining(message);
    }
}

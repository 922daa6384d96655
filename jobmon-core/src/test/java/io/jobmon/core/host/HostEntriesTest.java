package io.jobmon.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What hosts: of jobmon.yaml may say. */
class HostEntriesTest {

    @TempDir
    Path folder;

    private List<Host> read(String text) throws IOException {
        return ProjectFile.hosts(Files.writeString(folder.resolve("jobmon.yaml"), text));
    }

    @Test
    void should_understand_hosts_and_defaults_when_they_are_well_written() throws IOException {
        List<Host> hosts = read("""
                redis: redis://head:6379
                defaults:
                  env: { OMP_NUM_THREADS: 1 }
                  jvm: [-Xmx4g]
                hosts:
                  here: { local: true, slots: 2 }
                  there:
                    local: true
                    slots: 3
                    workdir: /scratch/me
                    tags: [gpu, big]
                    env: { A: "b c", EMPTY: "" }
                    java: /opt/java
                    programs: { python3: /opt/python/bin/python3 }
                    setup: module load gcc
                """);
        assertThat(hosts).extracting(Host::name).containsExactly("here", "there");
        assertThat(hosts.get(0))
                .hasToString("here: 2 slots, folder .jobmon-here, sets OMP_NUM_THREADS, JVM options -Xmx4g");
        assertThat(hosts.get(1))
                .hasToString("there: 3 slots, folder /scratch/me, tags big,gpu, sets A EMPTY OMP_NUM_THREADS, Java in"
                        + " /opt/java, JVM options -Xmx4g, python3 is /opt/python/bin/python3, 1 setup lines");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hosts: { a: { local: true, slot: 2 } }|line 1, column 28: 'slot' is not known",
                "hosts: { a: { local: true, slots: 2, slots: 3 } }|line 1, column 38: 'slots' is there twice",
                "hosts: { a: { local: true }, a: { local: true } }|'a' is there twice",
                "hosts: { a: { slots: 2 } }|say what kind of host it is",
                "hosts: { a: { local: true, ssh: x } }|of two kinds",
                "hosts: { a: { ssh: me@x } }|io.jobmon:jobmon-ssh",
                "hosts: { a: { local: 1 } }|write 'local: true'",
                "hosts: { a: { local: true, slots: many } }|line 1, column 35: 'slots': write a whole number",
                "hosts: { a: { local: true, slots: 0 } }|give 1 to 1024",
                "hosts: { a: { local: true, env: { JOBMON_REDIS: x } } }|without JOBMON_",
                "hosts: { a: { local: true, env: [x] } }|has keys and values",
                "hosts: { a: { local: true, workdir: ../x } }|without '..'",
                "hosts: { a: 3 }|line 1, column 13: 'a': write { ssh:",
                "hosts: [ a ]|line 1, column 8: 'hosts': write names of hosts",
                "hosts: { }|lists no hosts",
                "hots: { }|line 1, column 1: 'hots' is not known here; there are hosts, defaults, jobs, redis, local",
                "hosts: { a: { local: true }|no YAML",
            })
    void should_name_the_place_when_something_is_wrong(String text, String message) {
        assertThatThrownBy(() -> read(text)).hasMessageContaining("jobmon.yaml").hasMessageContaining(message);
    }

    @Test
    void should_take_a_tag_for_no_more_than_a_mark_when_there_is_one() throws IOException {
        assertThat(read("hosts: { a: !!java.io.File { local: true } }"))
                .extracting(Host::name)
                .containsExactly("a");
    }

    @Test
    void should_refuse_what_no_text_file_holds() {
        assertThatThrownBy(() -> read("hosts: { a: { local: true } }\n\u0000")).hasMessageContaining("no YAML");
    }

    @Test
    void should_refuse_a_file_that_everybody_may_write() throws IOException {
        Path file = Files.writeString(folder.resolve("jobmon.yaml"), "hosts: { a: { local: true } }");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));
        assertThatThrownBy(() -> ProjectFile.hosts(file)).hasMessageContaining("chmod o-w");
    }

    @Test
    void should_refuse_an_alias_bomb() {
        StringBuilder text = new StringBuilder("defaults: { tags: &a [x, x] }\nhosts:\n");
        for (int k = 0; k < 200; k++) {
            text.append("  h").append(k).append(": { local: true, tags: *a, tags: *a }\n");
        }
        assertThatThrownBy(() -> read(text.toString())).hasMessageContaining("jobmon.yaml");
    }
}

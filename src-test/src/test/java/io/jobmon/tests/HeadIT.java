package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.Sweep;
import io.jobmon.spi.Head;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A head: started by a program that ends, used by others, killed, started again. */
class HeadIT extends HeadCase {

    @Test
    void should_outlive_the_program_and_keep_what_others_do_when_spawned() throws Exception {
        Head head = spawned();
        store(head, 20);

        assertThat(Forks.lives(head.pid())).isTrue();
        assertThat(head.since())
                .isBetween(Instant.now().minusSeconds(100), Instant.now().plusSeconds(5));
        assertThat(head.address()).matches("127\\.0\\.0\\.1:\\d+");
        assertThat(head.notices()).isEmpty();
        assertThat(head.folder()).isEqualTo(state);
        assertThat(head.logFile()).exists();
        heads.kill(state, GRACE);

        assertThat(heads.find(state)).isEmpty();
        Head next = spawned();
        assertThat(next.uri())
                .as("port and password, for workers that look for it")
                .isEqualTo(head.uri());
        assertThat(next.pid()).isNotEqualTo(head.pid());
        assertThat(kept(next)).isEqualTo(100);
    }

    @Test
    void should_tell_its_password_to_its_owner_alone_when_spawned() throws Exception {
        Head head = spawned();
        String password = URI.create(head.uri()).getUserInfo().substring(1);

        assertThat(password).hasSize(48);
        assertThat(Files.readString(head.uriFile()).strip()).isEqualTo(head.uri());
        assertThat(head.uriFile()).isEqualTo(state.resolve("redis"));
        assertThat(Files.getPosixFilePermissions(head.uriFile()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(head.toString()).doesNotContain(password);
        try (var files = Files.walk(state)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(head.uriFile()))
                    .toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(password);
            }
        }
        for (long pid : List.of(head.pid(), server())) {
            for (String part : List.of("cmdline", "environ")) {
                assertThat(Files.readString(Path.of("/proc/" + pid + "/" + part), StandardCharsets.ISO_8859_1))
                        .isNotEmpty()
                        .doesNotContain(password, "JOBMON_REDIS");
            }
        }
        String open = head.uri().replace(":" + password + "@", "");
        assertThatThrownBy(() -> JobMon.connect(open)).isInstanceOf(JobMonException.class);
    }

    @Test
    void should_have_a_session_and_no_terminal_or_pipe_when_spawned() throws Exception {
        Head head = spawned();

        String[] stat = Files.readString(Path.of("/proc/" + head.pid() + "/stat"))
                .replaceFirst(".*\\) ", "")
                .split(" ");
        assertThat(stat[3]).as("session").isEqualTo(Long.toString(head.pid()));
        assertThat(stat[4]).as("terminal").isEqualTo("0");
        for (int fd = 0; fd < 3; fd++) {
            assertThat(Files.readSymbolicLink(Path.of("/proc/" + head.pid() + "/fd/" + fd)))
                    .isEqualTo(fd == 0 ? Path.of("/dev/null") : head.logFile());
        }
    }

    @Test
    void should_leave_no_server_alone_when_the_head_is_killed() throws Exception {
        Head head = spawned();
        store(head, 10);
        long server = server();

        Forks.signal(head.pid(), "KILL");
        FaultCase.until().until(() -> !Forks.lives(head.pid()) && !Forks.lives(server));

        assertThat(heads.find(state)).isEmpty();
        assertThatThrownBy(() -> heads.kill(state, GRACE))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("No head runs in " + state + " any more: process " + head.pid());
        assertThatThrownBy(() -> heads.kill(state, GRACE)).hasMessage("No head runs in " + state + ".");
        assertThat(kept(spawned())).isEqualTo(50);
    }

    @Test
    void should_take_the_folder_over_at_once_when_the_head_was_killed() throws Exception {
        for (int i = 0; i < 2; i++) {
            Head head = spawned();
            store(head, 10);
            Forks.signal(head.pid(), "KILL");
            FaultCase.until().until(() -> !Forks.lives(head.pid()));
        }
        assertThat(kept(spawned())).isEqualTo(50);
    }

    @Test
    void should_refuse_a_second_head_and_leave_the_first_when_one_runs() throws Exception {
        Head head = spawned();

        Forks.Fork second = forks.start(SpawnMain.class, Map.of(), state.toString());
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.output())
                .contains("refused: A head runs in " + state + " already: process " + head.pid() + " since "
                        + head.since());
        assertThat(heads.find(state)).contains(head);
    }

    @Test
    void should_start_one_head_alone_when_programs_try_at_once() throws Exception {
        List<Forks.Fork> programs = List.of(
                forks.start(SpawnMain.class, Map.of(), state.toString()),
                forks.start(SpawnMain.class, Map.of(), state.toString()),
                forks.start(SpawnMain.class, Map.of(), state.toString()));
        List<Integer> codes = programs.stream().map(Forks.Fork::exitCode).toList();

        Head head = heads.find(state).orElseThrow();
        assertThat(codes).as(forks.output()).containsExactlyInAnyOrder(0, 2, 2);
        for (Forks.Fork program : programs) {
            assertThat(program.output()).containsAnyOf("head " + head.pid(), "refused: A head runs", "is in use by");
        }
        assertThat(kept(head)).isZero();
    }

    @Test
    void should_be_one_at_a_time_when_a_local_instance_has_the_folder() throws Exception {
        try (JobMon jobmon = JobMon.local(state)) {
            jobmon.post(new Sampling()).seed(7).sweep(FaultCase.samples(10)).await();
            assertThatThrownBy(() -> heads.spawn(state, null))
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining(
                            "is in use by process " + ProcessHandle.current().pid());
            assertThat(heads.find(state)).isEmpty();
        }
        Head head = heads.spawn(state, null);
        assertThat(kept(head)).isEqualTo(50);
        assertThatThrownBy(() -> JobMon.local(state))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("is in use by a head, process " + head.pid())
                .hasMessageContaining(head.uriFile().toString());
        store(head, 20);
        heads.kill(state, GRACE);
        try (JobMon jobmon = JobMon.local(state)) {
            Sweep<?, ?> sweep = jobmon.post(new Sampling()).seed(7).sweep(FaultCase.samples(20));
            assertThat(sweep.progress().done()).isEqualTo(100);
        }
    }

    @Test
    void should_leave_a_process_alone_when_it_only_has_the_number_of_a_head() throws Exception {
        Head head = spawned();
        List<String> record = new ArrayList<>(Files.readAllLines(state.resolve("head")));
        heads.kill(state, GRACE);
        Process foreign = new ProcessBuilder("sleep", "60").start();
        try {
            record.set(0, Long.toString(foreign.pid()));
            Files.write(state.resolve("head"), record);
            assertThat(heads.find(state)).isEmpty();
            assertThatThrownBy(() -> heads.kill(state, Duration.ZERO)).hasMessageContaining("has ended without a word");
            assertThat(foreign.isAlive()).isTrue();
            assertThat(heads.spawn(state, null).uri()).isEqualTo(head.uri());
        } finally {
            foreign.destroyForcibly();
        }
    }

    @Test
    void should_say_where_the_head_is_when_another_machine_has_it() throws Exception {
        Files.createDirectories(state);
        Files.writeString(state.resolve("head"), "12\n2026-01-01T00:00:00Z\n\nanother-machine\n");
        assertThatThrownBy(() -> heads.find(state)).hasMessageContaining("was started on another-machine");
        assertThatThrownBy(() -> heads.kill(state, GRACE)).hasMessageContaining("end it there");
        Files.delete(state.resolve("head"));
    }

    @Test
    void should_end_with_its_server_when_that_was_killed() throws Exception {
        Head head = spawned();
        Forks.signal(server(), "KILL");

        FaultCase.until().until(() -> !Forks.lives(head.pid()));
        assertThat(Files.readString(head.logFile())).contains("has ended by itself");
        assertThat(heads.find(state)).isEmpty();
    }
}

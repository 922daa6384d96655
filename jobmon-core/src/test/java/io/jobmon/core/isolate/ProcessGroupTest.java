package io.jobmon.core.isolate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessGroupTest {

    private static ProcessGroup start(String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script);
        ProcessGroup.clean(builder.environment());
        return ProcessGroup.start(builder);
    }

    private static long number(BufferedReader in) throws IOException {
        return Long.parseLong(in.readLine().trim());
    }

    private static boolean alive(long pid) {
        // An orphan that was killed stays defunct until its new parent has looked at it.
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    private static void awaitGone(long... pids) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            for (long pid : pids) {
                if (alive(pid)) {
                    return false;
                }
            }
            return true;
        });
    }

    @Test
    void should_kill_what_it_left_behind_when_a_process_ended() throws Exception {
        ProcessGroup group = start("sleep 1000 >/dev/null 2>&1 & echo $!");
        long sleeper = number(group.process().inputReader());
        assertThat(group.process().waitFor()).isZero();
        assertThat(alive(sleeper)).isTrue();

        group.end();

        awaitGone(sleeper);
    }

    @Test
    void should_end_the_whole_group_when_stopped_and_terms_are_ignored() throws Exception {
        ProcessGroup group = start("trap '' TERM; sleep 1000 & echo $!; sleep 1000 & echo $!; wait; wait");
        BufferedReader in = group.process().inputReader();
        long first = number(in);
        long second = number(in);

        group.stop();

        assertThat(group.process().isAlive()).isFalse();
        awaitGone(first, second);
    }

    @Test
    void should_go_on_guarding_when_the_shell_was_killed() throws Exception {
        ProcessGroup group = start("sleep 1000 & echo $!; wait");
        long sleeper = number(group.process().inputReader());
        List<ProcessHandle> shells = ProcessHandle.current()
                .children()
                .filter(child -> child.pid() != group.process().pid())
                .toList();
        assertThat(shells).isNotEmpty();
        shells.forEach(ProcessHandle::destroyForcibly);
        awaitGone(shells.stream().mapToLong(ProcessHandle::pid).toArray());

        group.stop();

        awaitGone(sleeper);
    }

    @Test
    void should_forget_a_process_when_it_has_ended_for_its_number_will_be_used_again() throws Exception {
        Guardian.rest();
        ProcessGroup first = start("exit 0");
        String number = " " + first.process().pid() + " ";
        assertThat(first.process().waitFor()).isZero();
        Guardian.add(first.process().pid());
        assertThat(Guardian.settle()).contains(number);

        first.end();

        assertThat(Guardian.settle()).doesNotContain(number);
    }

    @Test
    void should_guard_a_process_before_it_is_started() {
        Guardian.rest();
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();

        Guardian.begin();

        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .hasSize(1);
        Guardian.begun();
    }

    @Test
    void should_rest_when_nothing_is_guarded() throws Exception {
        ProcessGroup group = start("exit 3");
        assertThat(group.process().waitFor()).isEqualTo(3);
        group.end();
        Guardian.settle();

        Guardian.rest();

        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void should_hand_down_no_jobmon_settings_when_it_cleans_an_environment() {
        ProcessBuilder builder = new ProcessBuilder();
        builder.environment().put("JOBMON_REDIS", "redis://:secret@head");
        builder.environment().put("JOBMON_REDIS_FILE", "/secret");

        ProcessGroup.clean(builder.environment());

        assertThat(builder.environment()).doesNotContainKeys("JOBMON_REDIS", "JOBMON_REDIS_FILE");
        assertThat(builder.environment()).containsKey("LC_ALL").containsKey("JOBMON_MARK");
    }
}

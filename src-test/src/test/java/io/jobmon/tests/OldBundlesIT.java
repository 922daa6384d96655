package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.CommandChannel;
import io.jobmon.CommandJob;
import io.jobmon.CommandResult;
import io.jobmon.Fleet;
import io.jobmon.GcReport;
import io.jobmon.GcReport.Kind;
import io.jobmon.Host;
import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Bundles on hosts that nobody needs any more are garbage. */
class OldBundlesIT extends FleetCase {

    private Set<String> bundles(String host) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve(host).resolve("bundles"))) {
            return all.map(path -> path.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** A program of its own, on two hosts; the bundle that it makes there. */
    private String synced(String version, Fleet.Builder builder) throws IOException {
        Path file = Files.writeString(folder.resolve("model-" + version), version);
        Set<String> before = Files.exists(folder.resolve("a/bundles")) ? bundles("a") : Set.of();
        try (Fleet fleet = builder.job(
                        CommandJob.of("model", "cat", file.toString()).files(file))
                .host(host("a"))
                .host(host("b"))
                .build()) {
            fleet.sync();
        }
        Set<String> after = bundles("a");
        after.removeAll(before);
        assertThat(after).hasSize(1);
        return after.iterator().next();
    }

    private static List<String> bundles(GcReport report) {
        return report.items().stream()
                .filter(item -> item.kind() == Kind.BUNDLE)
                .map(GcReport.Item::id)
                .toList();
    }

    @Test
    void should_remove_what_no_worker_runs_from_but_for_what_was_used_last() throws Exception {
        String first = synced("1", fleet());
        Fleet running = kept(fleet().job(
                        CommandJob.of("model", "cat", folder.resolve("model-1").toString())
                                .files(folder.resolve("model-1")))
                .host(host("a"))
                .build());
        running.launch();
        String second = synced("2", fleet());
        String third = synced("3", fleet());
        assertThat(bundles(jobmon.gcPreview()))
                .as("all are among the last three")
                .isEmpty();

        String fourth = synced("4", fleet().keep(4));
        assertThat(bundles("a")).containsExactlyInAnyOrder(first, second, third, fourth);
        try (Fleet one = fleet().keep(1).host(host("a")).host(host("b")).build()) {
            assertThat(one.hosts()).hasSize(2);
            GcReport preview = jobmon.gcPreview();
            assertThat(bundles(preview))
                    .containsExactlyInAnyOrder("a:" + second, "a:" + third, "b:" + first, "b:" + second, "b:" + third);
            assertThat(preview.toString()).contains("Would be removed:", "  bundle b:" + first + ": not among the 1 ");
            assertThat(bundles("a")).hasSize(4);

            assertThat(bundles(jobmon.gc())).containsExactlyInAnyOrderElementsOf(bundles(preview));
            assertThat(bundles("a")).containsExactlyInAnyOrder(first, fourth);
            assertThat(bundles("b")).containsExactly(fourth);
            assertThat(Files.readString(
                            folder.resolve("b/bundles").resolve(fourth).resolve("files/model-4")))
                    .isEqualTo("4");
            assertThat(pids(running)).hasSize(1).allMatch(Forks::lives);
            assertThat(bundles(jobmon.gcPreview())).isEmpty();

            running.stop();
            assertThat(bundles(jobmon.gc())).containsExactly("a:" + first);
        }
    }

    @Test
    void should_say_which_host_is_out_of_reach_and_go_on() {
        CommandChannel cut = new CommandChannel() {
            @Override
            public CommandResult run(List<String> argv, byte[] stdin, Duration timeout) {
                throw new JobMonException("nobody answers; look at the cable");
            }

            @Override
            public void put(Path local, String remote) {
                throw new JobMonException("nobody answers");
            }

            @Override
            public void get(String remote, Path local) {
                throw new JobMonException("nobody answers");
            }

            @Override
            public void close() {}
        };
        Fleet away = fleet().host(Host.over("away", cut)).host(host("a")).build();

        GcReport report = jobmon.gc();
        assertThat(report.items()).isEmpty();
        assertThat(report.unreached()).containsExactly("away: nobody answers; look at the cable");
        assertThat(report)
                .hasToString("There is no garbage.\nNot looked at:\n  away: nobody answers; look at the cable");

        away.close();
        assertThat(jobmon.gc().unreached()).isEmpty();
    }
}

package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Fleet;
import io.jobmon.JobMonException;
import io.jobmon.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A host whose work folder is on a small disk of its own. Needs root, who may mount it: run alone, see .ci/run. */
class DiskFullIT extends FleetCase {

    private static final int MEBIBYTE = 1 << 20;
    private static final long ENOUGH = 512L * MEBIBYTE;

    private boolean mounted;

    @Override
    @AfterEach
    void stopAll() {
        try {
            super.stopAll();
        } finally {
            if (mounted) {
                run("umount", "--lazy", disk().toString());
            }
        }
    }

    private Path disk() {
        return folder.resolve("full");
    }

    private void mount(long bytes) throws IOException {
        Files.createDirectory(disk());
        run("mount", "-t", "tmpfs", "-o", "mode=700,size=" + bytes, "jobmon-test", disk().toString());
        mounted = true;
    }

    private void enlarge() {
        run("mount", "-o", "remount,size=" + ENOUGH, disk().toString());
    }

    private static void run(String... command) {
        try {
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                    .as(List.of(command).toString())
                    .isZero();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void should_sync_the_others_and_go_on_later_when_the_class_path_does_not_fit() throws Exception {
        mount(8 * MEBIBYTE);
        Fleet fleet = fleet(host("full"), host("good"));

        failsForLackOfRoom(fleet);
        assertThat(tree("full", "bundles")).isEmpty();
        assertThat(tree("full", "incoming")).as("what was brought").isNotEmpty();
        assertThat(tree("good", "files")).hasSizeGreaterThan(10);

        goesOn(fleet);
    }

    @Test
    void should_leave_no_half_of_a_bundle_and_no_half_of_a_file_when_data_have_no_room_in_their_place()
            throws Exception {
        byte[] data = new byte[8 * MEBIBYTE];
        new Random(1).nextBytes(data);
        Path table = Files.write(folder.resolve("table"), data);
        fleet(host("good")).sync();
        mount(size("good") + 12L * MEBIBYTE);
        Fleet fleet = kept(fleet().host(host("full"))
                .host(host("good"))
                .data(table, "table")
                .build());

        failsForLackOfRoom(fleet);
        assertThat(tree("full", "bundles")).isEmpty();
        assertThat(tree("full", "run")).isEmpty();
        assertThat(disk().resolve(".lock")).doesNotExist();
        assertThat(folder.resolve("good/run/table")).hasBinaryContent(data);

        goesOn(fleet);
        assertThat(disk().resolve("run/table")).hasBinaryContent(data);
    }

    @Test
    void should_keep_the_files_of_a_bundle_when_the_disk_is_full_to_the_last_byte() throws Exception {
        mount(128L * MEBIBYTE);
        Fleet fleet = fleet(host("full"));
        fleet.sync();
        List<String> files = tree("full", "files");
        run(
                "sh",
                "-c",
                "! cat /dev/zero >\"$1\"",
                "sh",
                disk().resolve("filler").toString());

        fleet.sync();
        assertThat(tree("full", "files")).isNotEmpty().isEqualTo(files);
    }

    private static void failsForLackOfRoom(Fleet fleet) {
        assertThatThrownBy(fleet::sync)
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("sync failed on 1 host:\nfull: ")
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("The other 1 of 2 hosts are done");
    }

    private void goesOn(Fleet fleet) throws Exception {
        enlarge();
        fleet.sync();
        assertThat(tree("full", "files")).isEqualTo(tree("good", "files"));
        for (String file : tree("full", "files")) {
            assertThat(disk().resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("good").resolve(file));
        }
        assertThat(remains(disk())).isEmpty();
        fleet.launch("full");
        Sweep<?, ?> sweep = jobmon.post(new Sampling()).seed(7).sweep(samples(40));
        complete(sweep);
        new Oracle(server).check(sweep);
        List<Long> pids = pids(fleet);
        assertThat(pids).hasSize(1);
        fleet.stop();
        nothingIsLeft(pids, disk(), folder.resolve("good"));
    }

    /** The files below a part of a work folder, as paths in it. */
    private List<String> tree(String host, String part) throws IOException {
        Path work = folder.resolve(host);
        try (Stream<Path> all = Files.walk(work.resolve(part))) {
            return all.filter(Files::isRegularFile)
                    .map(file -> work.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** The room that files of the program need, in whole pages. */
    private long size(String host) throws IOException {
        long size = 0;
        for (String file : tree(host, "files")) {
            size += Files.size(folder.resolve(host).resolve(file)) / 4096 * 4096 + 4096;
        }
        return size;
    }
}

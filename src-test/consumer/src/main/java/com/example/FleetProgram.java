package com.example;

import io.jobmon.Bundle;
import io.jobmon.CommandChannel;
import io.jobmon.CommandResult;
import io.jobmon.Fleet;
import io.jobmon.Host;
import io.jobmon.HostCheck;
import io.jobmon.HostStatus;
import io.jobmon.JobMon;
import io.jobmon.LocalHost;
import io.jobmon.Sweep;
import io.jobmon.WorkerRequest;
import io.jobmon.WorkerStatus;
import io.jobmon.ssh.Pbs;
import io.jobmon.ssh.Sge;
import io.jobmon.ssh.Slurm;
import io.jobmon.ssh.SshHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A fleet of this machine, once as LocalHost and once over a channel of its own; hosts of the other kinds are described. */
public final class FleetProgram {
    public static void main(String[] args) throws IOException {
        kinds();
        List<String> hooks = new ArrayList<>();
        Path data = Files.writeString(Path.of("numbers.txt"), "1 2 3\n");
        try (JobMon jobmon = JobMon.local(1);
                Fleet fleet = jobmon.fleet()
                        .main(PercolationWorker.class)
                        .job(new Percolation())
                        .host(LocalHost.slots(1).name("here").workdir(Path.of("here").toAbsolutePath().toString())
                                .tags("gpu").jvmOptions("-Xmx256m").environment("OMP_NUM_THREADS", "1"))
                        .host(Host.over("box", new Shell()).slots(1).workdir(Path.of("box").toAbsolutePath().toString()))
                        .data(data, "input/numbers.txt")
                        .beforeSync(host -> hooks.add("before " + host.name()))
                        .afterSync(host -> hooks.add("after " + host.name()))
                        .build()) {
            for (Host host : fleet.hosts()) {
                HostCheck check = host.check();
                System.out.println(check);
                Check.that(check.passed(), host.name() + " is fit");
            }
            fleet.sync();
            fleet.quickSync("here");
            Check.that(hooks.contains("before box") && hooks.contains("after here") && hooks.size() == 6, "hooks " + hooks);
            Check.that(Files.readString(Path.of("box/run/input/numbers.txt")).equals("1 2 3\n"), "data are there");
            try {
                fleet.launch();
                List<WorkerStatus> net = jobmon.net();
                net.forEach(System.out::println);
                Check.that(net.size() == 3, "three workers beat");
                WorkerStatus first = net.get(0);
                Check.that(first.id() != null && first.pid() > 0 && first.slots() == 1 && first.age() != null
                        && first.since() != null && first.failures() == 0 && first.rate() >= 0 && first.host() != null
                        && first.status() != null && first.job() != null, "and say what they do");
                Sweep<?, ?> sweep = jobmon.post(new Percolation()).requires("gpu").run(new Percolation.Params(0.6, 32), 20);
                sweep.await();
                Check.that(sweep.results().stream().allMatch(result -> jobmon.net().stream()
                                .anyMatch(worker -> worker.id().equals(result.worker()))),
                        "results name workers that net() shows");
                for (HostStatus status : fleet.status()) {
                    System.out.println(status);
                }
                Check.that(!fleet.logs("box").isEmpty(), "logs");
            } finally {
                fleet.stop();
            }
            Check.that(jobmon.net().size() == 1, "workers that were stopped are gone at once");
            Check.refused("no host nowhere", () -> fleet.launch("nowhere"));
        }
        System.out.println("fleet: passed");
    }

    private static void kinds() {
        Duration hours = Duration.ofHours(4);
        SshHost node = SshHost.of("me@node1:2222").slots(16).workdir("jobmon").identity(Path.of("key")).knownHosts(Path.of("known"))
                .tags("gpu", "big").environment("A", "b").javaHome("/opt/java").jvmOptions("-Xmx4g")
                .program("python3", "/opt/python/bin/python3").setup("module load java/17");
        List<Host> hosts = List.of(
                node,
                Slurm.over(SshHost.of("login.cluster")).workers(100).slots(4).time(hours).partition("short").option("account", "x")
                        .tags("cpu").setup("module load java/17"),
                Slurm.over(new Shell()).workers(2),
                Slurm.local().workers(2),
                Pbs.over(SshHost.of("login.cluster")).workers(3).slots(4).time(hours).queue("short").option("A", "x"),
                Pbs.local().workers(2).jvmOptions("-Xmx1g"),
                Sge.over(new Shell()).workers(3).slots(4).time(hours).queue("short").option("P", "x"),
                Sge.local().workers(2));
        hosts.forEach(System.out::println);
        hosts.forEach(Host::close);
        Check.that(node.name().contains("node1"), "a host has a name");
    }

    /** This machine, as somebody would reach it who knows nothing of LocalHost. */
    private static final class Shell implements CommandChannel {
        @Override
        public CommandResult run(List<String> argv, byte[] stdin, Duration timeout) {
            try {
                Path out = Files.createTempFile("out", "");
                Path err = Files.createTempFile("err", "");
                Process process = new ProcessBuilder(argv).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
                try (var in = process.getOutputStream()) {
                    in.write(stdin);
                } catch (IOException e) {
                    // it need not read
                }
                if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("too long");
                }
                return new CommandResult(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), Files.readString(err));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void put(Path local, String remote) {
            copy(local, Path.of(remote));
        }

        @Override
        public void get(String remote, Path local) {
            copy(Path.of(remote), local);
        }

        private static void copy(Path from, Path to) {
            try {
                Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {}
    }

    /** A host that does nothing: all that has to be written for one of a new kind. */
    static final class Idle implements Host {
        @Override
        public String name() {
            return "idle";
        }

        @Override
        public HostCheck check() {
            return new HostCheck("idle", List.of(new HostCheck.Finding(true, "idle")));
        }

        @Override
        public void sync(Bundle bundle) {}

        @Override
        public void launch(WorkerRequest request) {}

        @Override
        public HostStatus status() {
            return new HostStatus("idle", List.of(), List.of());
        }

        @Override
        public void stop(Duration grace) {}

        @Override
        public List<String> logs(int lines) {
            return List.of();
        }
    }
}

package io.jobmon.bench;

import io.jobmon.Fleet;
import io.jobmon.JobMon;
import io.jobmon.ssh.SshHost;
import io.lettuce.core.RedisClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.sftp.SFTPClient;

/**
 * What a fleet costs on hosts over SSH, which are OpenSSH servers of this one machine: network time is left out, and what would
 * run on many machines shares the cores of one. Medians, and in brackets the least and the largest.
 *
 * <ul>
 *   <li>{@code sync} of an unchanged program, with connections that are open and with new ones;
 *   <li>{@code sync} of a class path of 20 MB to a host that has nothing yet, from connecting to a bundle that is checked and in
 *       its place, beside SSHJ's own put of the same files over a connection that is open;
 *   <li>{@code launch} on one host and on all, from the call to its return, which is after the last worker's first heartbeat,
 *       beside as many bare JVMs with the same class path and heap, started at once, until the last has connected to Redis with
 *       Lettuce and has an answer to PING. Each is in a session of its own, as workers are: Linux shares the cores out to
 *       sessions;
 *   <li>{@code stop} of workers that have nothing to do, from the call until all processes are gone.
 * </ul>
 *
 * <p>This JVM is warm: a round before the first is not counted.
 *
 * <pre>src-test/hosts/bench Hosts [ROUNDS]</pre>
 *
 * <p>which does, with the servers that it starts in FOLDER,
 *
 * <pre>./mvnw -q -Pbench verify "-Dbench=Hosts FOLDER [ROUNDS]"</pre>
 */
public final class Hosts {

    private static final int JARS = 8;
    private static final int JAR_BYTES = 2_500_000;
    private static final String CLASS_PATH = "java.class.path";
    private static final String[] OPTIONS = {"-Xmx256m"};
    private static final long PAUSE_MILLIS = 1500;

    /** Should this program be interrupted, its workers end soon after. */
    private static final Duration IDLE = Duration.ofMinutes(2);

    /** Connects to the Redis that standard input names, says PONG, and ends with standard input. */
    public static final class Bare {

        private Bare() {}

        /**
         * Runs.
         *
         * @param args none
         * @throws IOException if standard input cannot be read
         */
        public static void main(String[] args) throws IOException {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            RedisClient client = RedisClient.create(in.readLine());
            System.out.println(client.connect().sync().ping());
            in.readLine();
            client.shutdown();
        }
    }

    private final Path folder;
    private final String config;
    private final int number;
    private final String redis;
    private final JobMon jobmon;
    private final int rounds;

    private Hosts(Path folder, String redis, JobMon jobmon, int rounds) throws IOException {
        this.folder = folder;
        this.config = Files.readString(folder.resolve("config"));
        this.number = (int)
                Pattern.compile("(?m)^Host node\\d").matcher(config).results().count();
        this.redis = redis;
        this.jobmon = jobmon;
        this.rounds = rounds;
    }

    /**
     * Measures and prints.
     *
     * @param args the folder of {@code src-test/hosts/sshd}; how many rounds, by default 3
     * @throws Exception if something cannot be started or read
     */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        try (BenchRedis redis = BenchRedis.start();
                JobMon jobmon = JobMon.connect(redis.uri())) {
            Hosts hosts = new Hosts(Path.of(args[0]).toAbsolutePath(), redis.uri(), jobmon, rounds);
            System.out.printf(
                    Locale.ROOT,
                    "%d hosts, %d rounds, %d cores, load %.1f before%n",
                    hosts.number,
                    rounds,
                    Runtime.getRuntime().availableProcessors(),
                    load());
            hosts.classPath();
            try (Fleet fleet = hosts.all()) {
                hosts.unchanged(fleet);
                hosts.workers(fleet);
            }
        }
    }

    private SshHost host(int i, String workdir) {
        return SshHost.of("node" + i)
                .config(folder.resolve("config"))
                .slots(1)
                .workdir(workdir)
                .jvmOptions(OPTIONS);
    }

    private Fleet all() {
        Fleet.Builder fleet = jobmon.fleet().main(FleetWorker.class).idle(IDLE);
        for (int i = 1; i <= number; i++) {
            fleet.host(host(i, "all"));
        }
        return fleet.build();
    }

    private void unchanged(Fleet fleet) {
        double first = seconds(fleet::sync);
        Rounds open = new Rounds();
        Rounds anew = new Rounds();
        for (int round = 0; round <= rounds; round++) {
            double again = seconds(fleet::sync);
            double connecting;
            try (Fleet other = all()) {
                connecting = seconds(other::sync);
            }
            if (round > 0) {
                open.add(again);
                anew.add(connecting);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "sync of an unchanged program to %d hosts: %s s with connections that are open, %s s with new ones;"
                        + " target under 2 s, seen %.2f s (%.2f s when they had nothing yet)%n",
                number,
                open,
                anew,
                anew.median(),
                first);
    }

    private void classPath() throws IOException {
        Path here = Files.createTempDirectory("jobmon-bench-");
        List<Path> jars = jars(here);
        Rounds brought = new Rounds();
        Rounds put = new Rounds();
        Rounds beyond = new Rounds();
        try (SSHClient client = client();
                SFTPClient sftp = client.newSFTPClient()) {
            for (int round = 0; round <= rounds; round++) {
                String workdir = "fresh" + round;
                double sync;
                try (Fleet fleet = with(jars, workdir)) {
                    sync = seconds(fleet::sync);
                }
                double own = put(sftp, jars, home(1).resolve("put" + round));
                if (round > 0) {
                    brought.add(sync);
                    put.add(own);
                    beyond.add((sync - 0.5) / own);
                }
                delete(home(1).resolve(workdir));
                delete(home(1).resolve("put" + round));
            }
        } finally {
            delete(here);
        }
        System.out.printf(
                Locale.ROOT,
                "class path of %d MB to a host that has nothing yet: sync %s s, SSHJ's put %s s; target at most"
                        + " 1.5 x that and 0.5 s, seen %.2f x and 0.5 s (%.2f to %.2f)%n",
                JARS * JAR_BYTES / 1_000_000,
                brought,
                put,
                beyond.median(),
                beyond.least(),
                beyond.largest());
    }

    /** A fleet whose class path is these jars and nothing else. */
    private Fleet with(List<Path> jars, String workdir) {
        String own = System.getProperty(CLASS_PATH);
        System.setProperty(
                CLASS_PATH,
                String.join(
                        System.getProperty("path.separator"),
                        jars.stream().map(Path::toString).toList()));
        try {
            return jobmon.fleet().main(FleetWorker.class).host(host(1, workdir)).build();
        } finally {
            System.setProperty(CLASS_PATH, own);
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        Random random = new Random(1);
        byte[] content = new byte[JAR_BYTES];
        List<Path> jars = new ArrayList<>();
        for (int i = 0; i < JARS; i++) {
            Path jar = folder.resolve("library" + i + ".jar");
            random.nextBytes(content);
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
                out.setLevel(Deflater.NO_COMPRESSION);
                out.putNextEntry(new JarEntry("content"));
                out.write(content);
                out.closeEntry();
            }
            jars.add(jar);
        }
        return jars;
    }

    private SSHClient client() throws IOException {
        SSHClient client = new SSHClient();
        client.loadKnownHosts(folder.resolve("known_hosts").toFile());
        client.connect(said("HostName"), Integer.parseInt(said("Port")));
        client.authPublickey(said("User"), folder.resolve("key").toString());
        return client;
    }

    /** The first value of a keyword in the configuration. */
    private String said(String keyword) {
        Matcher line = Pattern.compile("(?m)^ *" + keyword + " +(\\S+)$").matcher(config);
        if (!line.find()) {
            throw new IllegalStateException("There is no " + keyword + " in " + folder.resolve("config"));
        }
        return line.group(1);
    }

    private Path home(int i) {
        return folder.resolve("node" + i).resolve("home");
    }

    private static double put(SFTPClient sftp, List<Path> jars, Path remote) throws IOException {
        sftp.mkdirs(remote.toString());
        long began = System.nanoTime();
        for (Path jar : jars) {
            sftp.put(jar.toString(), remote + "/" + jar.getFileName());
        }
        return since(began);
    }

    private void workers(Fleet fleet) throws IOException, InterruptedException {
        Rounds one = new Rounds();
        Rounds oneBare = new Rounds();
        Rounds launch = new Rounds();
        Rounds bare = new Rounds();
        Rounds ratio = new Rounds();
        Rounds stop = new Rounds();
        try {
            for (int round = 0; round <= rounds; round++) {
                double single = seconds(() -> fleet.launch("node1"));
                fleet.stop("node1");
                double singleBare = bare(1);
                double many = seconds(fleet::launch);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                double ended = seconds(fleet::stop);
                double manyBare = bare(number);
                System.out.printf(
                        Locale.ROOT,
                        "%s: launch on one host %.2f s, bare %.2f s; on %d %.2f s, bare %.2f s; stop %.2f s; load %.1f%n",
                        round > 0 ? "round " + round : "warm-up",
                        single,
                        singleBare,
                        number,
                        many,
                        manyBare,
                        ended,
                        load());
                if (round > 0) {
                    one.add(single);
                    oneBare.add(singleBare);
                    launch.add(many);
                    bare.add(manyBare);
                    ratio.add(many / manyBare);
                    stop.add(ended);
                }
            }
        } finally {
            fleet.stop();
        }
        System.out.printf(
                Locale.ROOT,
                "launch on one host until its heartbeat: %s s, one bare JVM %s s; target under 4 s, seen %.2f s%n"
                        + "launch on %d hosts until the last heartbeat: %s s, %d bare JVMs %s s; target at most 1.5 x,"
                        + " seen %s x%n"
                        + "stop of %d idle hosts: %s s; target under 5 s, seen %.2f s%n",
                one,
                oneBare,
                one.median(),
                number,
                launch,
                number,
                bare,
                ratio,
                number,
                stop,
                stop.median());
    }

    /** Seconds until the last of several JVMs has talked with Redis. */
    private double bare(int jvms) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(OPTIONS));
        command.addAll(List.of("-cp", System.getProperty(CLASS_PATH), Bare.class.getName()));
        List<Process> started = new ArrayList<>();
        try {
            long began = System.nanoTime();
            for (int i = 0; i < jvms; i++) {
                Process process = new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                started.add(process);
                process.outputWriter(StandardCharsets.UTF_8)
                        .append(redis)
                        .append('\n')
                        .flush();
            }
            for (Process process : started) {
                awaitPong(process.inputReader(StandardCharsets.UTF_8));
            }
            return since(began);
        } finally {
            for (Process process : started) {
                process.outputWriter(StandardCharsets.UTF_8).close();
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
        }
    }

    private static void awaitPong(BufferedReader out) throws IOException {
        for (String line = out.readLine(); !"PONG".equals(line); line = out.readLine()) {
            if (line == null) {
                throw new IOException("A bare JVM has ended without an answer from Redis");
            }
        }
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static double seconds(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return since(began);
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}

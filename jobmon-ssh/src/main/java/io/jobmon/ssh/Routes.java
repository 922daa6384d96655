package io.jobmon.ssh;

import io.jobmon.JobMonException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the way to a machine: what the user has said comes first, then the configuration, then the defaults of ssh.
 *
 * @param options what the user has said
 * @param places where the user's files are
 */
record Routes(SshOptions options, Places places) {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Path SYSTEM_WIDE = Path.of("/etc/ssh/ssh_known_hosts");
    private static final List<String> DEFAULT_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    /** The machines on the way, the target last. */
    List<Hop> to(SshTarget target) {
        return route(target, options.identity(), new LinkedHashSet<>());
    }

    private List<Hop> route(SshTarget target, Optional<Path> identity, Set<String> onTheWay) {
        if (!onTheWay.add(target.host())) {
            throw new JobMonException(
                    "ProxyJump leads in a circle: " + String.join(" -> ", onTheWay) + " -> " + target.host()
                            + "; exclude the last one there by a pattern such as 'Host * !" + target.host() + "'.");
        }
        SshConfig config = SshConfig.of(target.host(), options.config(), places);
        List<Hop> hops = new ArrayList<>();
        for (SshTarget jump : jumps(config)) {
            hops.addAll(
                    hops.isEmpty()
                            ? route(jump, Optional.empty(), onTheWay)
                            : List.of(
                                    hop(jump, Optional.empty(), SshConfig.of(jump.host(), options.config(), places))));
        }
        hops.add(hop(target, identity, config));
        return hops;
    }

    private static List<SshTarget> jumps(SshConfig config) {
        Optional<SshConfig.Value> command = config.first("ProxyCommand").filter(value -> !value.isNone());
        Optional<SshConfig.Value> jump = config.first("ProxyJump");
        if (command.isPresent() && jump.isEmpty()) {
            throw new JobMonException(
                    command.get().where() + " names a program to connect through, which JobMon does not"
                            + " start; write ProxyJump with the machine in between.");
        }
        return jump.filter(value -> !value.isNone()).stream()
                .flatMap(value -> Arrays.stream(value.first().split(","))
                        .map(text -> SshTarget.parse(text.strip().replaceFirst("^ssh://", ""), value.where())))
                .toList();
    }

    private Hop hop(SshTarget target, Optional<Path> identity, SshConfig config) {
        String alias = target.host();
        String host = config.first("HostName")
                .map(value -> SshTarget.host(Tokens.expand(value, value.first(), Map.of('h', alias)), value.where()))
                .orElse(alias);
        int port = target.port()
                .or(() -> config.first("Port").map(value -> SshTarget.port(value.first(), value.where())))
                .orElse(SshTarget.DEFAULT_PORT);
        String user = target.user()
                .or(() -> config.first("User").map(value -> SshTarget.user(value.first(), value.where())))
                .orElse(places.user());
        Map<Character, String> meanings = Map.of(
                'd',
                places.home().toString(),
                'h',
                host,
                'n',
                alias,
                'p',
                Integer.toString(port),
                'r',
                user,
                'u',
                places.user());
        return new Hop(
                new Hop.Address(alias, host, port, user),
                keys(identity, config, meanings),
                known(config, meanings),
                patience(config),
                opening(),
                notes(config));
    }

    private Hop.Keys keys(Optional<Path> identity, SshConfig config, Map<Character, String> meanings) {
        Optional<Path> agent = agent(config, meanings);
        if (identity.isPresent()) {
            return new Hop.Keys(List.of(identity.get()), true, agent);
        }
        boolean only = config.first("IdentitiesOnly")
                .map(value -> value.first().equalsIgnoreCase("yes"))
                .orElse(false);
        List<Path> named = config.all("IdentityFile").stream()
                .filter(value -> !value.isNone())
                .map(value -> path(value, value.first(), meanings))
                .toList();
        List<Path> usual = DEFAULT_KEYS.stream()
                .map(name -> places.ssh().resolve(name))
                .filter(Files::exists)
                .toList();
        boolean some = !config.all("IdentityFile").isEmpty();
        return new Hop.Keys(some ? named : usual, only, agent);
    }

    private Optional<Path> agent(SshConfig config, Map<Character, String> meanings) {
        Optional<SshConfig.Value> value = config.first("IdentityAgent");
        if (value.isEmpty() || value.get().first().equals("SSH_AUTH_SOCK")) {
            return places.agent();
        }
        return value.filter(given -> !given.isNone()).map(given -> path(given, given.first(), meanings));
    }

    private Hop.Known known(SshConfig config, Map<Character, String> meanings) {
        Stream<Path> files = options.knownHosts()
                .map(Stream::of)
                .or(() -> config.first("UserKnownHostsFile")
                        .map(value -> value.isNone()
                                ? Stream.empty()
                                : value.arguments().stream().map(text -> path(value, text, meanings))))
                .orElseGet(() -> Stream.of(
                        places.ssh().resolve("known_hosts"), places.ssh().resolve("known_hosts2")));
        return new Hop.Known(
                Stream.concat(files, Stream.of(SYSTEM_WIDE)).toList(),
                config.first("HostKeyAlias").map(SshConfig.Value::first));
    }

    private Path path(SshConfig.Value value, String text, Map<Character, String> meanings) {
        return places.expanded(Tokens.expand(value, text, meanings));
    }

    private static Duration patience(SshConfig config) {
        return config.first("ConnectTimeout")
                .filter(value -> value.first().matches("[1-9][0-9]{0,5}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value.first())))
                .orElse(PATIENCE);
    }

    private List<String> opening() {
        List<String> words = new ArrayList<>();
        options.config().ifPresent(file -> words.addAll(List.of("-F", file.toString())));
        options.knownHosts().ifPresent(file -> words.addAll(List.of("-o", "UserKnownHostsFile=\"" + file + "\"")));
        return words;
    }

    private static List<String> notes(SshConfig config) {
        return config.leftOut().isEmpty()
                ? List.of()
                : List.of("JobMon left out the Match block of " + String.join(", ", config.leftOut())
                        + ": say in a Host block what is needed of it.");
    }
}

package io.jobmon.ssh;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.Service;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import org.jspecify.annotations.Nullable;

/** Logs in to one machine: tries keys in the order of ssh, and keeps what to tell the user if none is taken. */
final class Login {

    private static final Duration AGENTS_PATIENCE = Duration.ofSeconds(25);

    private final SSHClient client;
    private final Hop hop;
    private final @Nullable Supplier<char[]> passphrase;
    private final List<String> tried = new ArrayList<>();
    private final List<String> unused = new ArrayList<>();

    Login(SSHClient client, Hop hop, @Nullable Supplier<char[]> passphrase) {
        this.client = client;
        this.hop = hop;
        this.passphrase = passphrase;
    }

    /** Logs in, or says why not. */
    void run() {
        try {
            if (!byAgentAndFiles()) {
                throw new JobMonException(refused(""));
            }
        } catch (TransportException e) {
            if (Reasons.isInterrupt(e)) {
                Thread.currentThread().interrupt();
            }
            throw new JobMonException(refused(" It ended the connection (" + Reasons.of(e) + ")."), e);
        }
    }

    /** Keys that the agent holds for the named files, then its others, then the files that it does not hold. */
    private boolean byAgentAndFiles() throws TransportException {
        List<Agent.Key> held = new ArrayList<>(held());
        List<KeyFile> files = new ArrayList<>();
        for (KeyFile file : hop.keys().files().stream()
                .map(path -> new KeyFile(path, passphrase))
                .toList()) {
            Optional<Agent.Key> same = file.publicHalf()
                    .flatMap(half ->
                            held.stream().filter(key -> key.key().equals(half)).findFirst());
            if (same.isEmpty()) {
                files.add(file);
            } else if (taken(byAgent(same.get(), file.file() + " (held by the agent)"))) {
                return true;
            }
            same.ifPresent(held::remove);
        }
        if (!hop.keys().only()) {
            for (Agent.Key key : held) {
                if (taken(byAgent(key, "'" + key.comment() + "' of the agent"))) {
                    return true;
                }
            }
        }
        for (KeyFile file : files) {
            if (taken(file)) {
                return true;
            }
        }
        return false;
    }

    private List<Agent.Key> held() {
        if (hop.keys().agent().isEmpty()) {
            return List.of();
        }
        Agent agent = agent();
        try {
            return agent.keys();
        } catch (IOException | RuntimeException e) {
            unused.add("the agent at " + agent.socket() + " cannot be asked: " + Reasons.of(e));
            return List.of();
        }
    }

    private Agent agent() {
        return new Agent(hop.keys().agent().orElseThrow(), AGENTS_PATIENCE);
    }

    private Identity byAgent(Agent.Key key, String name) {
        return new AgentIdentity(name, key.key(), agent());
    }

    private boolean taken(KeyFile file) throws TransportException {
        try {
            return taken(file.read());
        } catch (KeyFile.UnusableException e) {
            unused.add(file.file() + " " + e.getMessage());
            return false;
        }
    }

    private boolean taken(Identity identity) throws TransportException {
        tried.add(identity.name());
        for (String algorithm : identity.algorithms(client.getTransport().getServerVersion())) {
            try {
                if (client.getUserAuth()
                        .authenticate(
                                hop.user(),
                                (Service) client.getConnection(),
                                new PublicKeyLogin(identity, algorithm),
                                client.getTransport().getTimeoutMs())) {
                    return true;
                }
            } catch (UserAuthException e) {
                if (!client.isConnected() || Reasons.isInterrupt(e)) {
                    throw new TransportException(e);
                }
                unused.add(Reasons.of(e));
            }
        }
        return false;
    }

    private String refused(String how) {
        StringBuilder text = new StringBuilder(hop.place() + " does not let " + hop.user() + " in.").append(how);
        text.append(tried.isEmpty() ? " There was no key to try." : " Tried: " + String.join(", ", tried) + ".");
        if (!unused.isEmpty()) {
            text.append(" Not used: ").append(String.join("; ", unused)).append('.');
        }
        if (client.getUserAuth().hadPartialSuccess()) {
            text.append(" A key was taken, but the machine asks for more than that, which JobMon cannot give: ask its"
                    + " administrator for a login by key alone.");
        } else {
            text.append(" Name the right key by SshHost.identity or IdentityFile, or add its public half to"
                    + " ~/.ssh/authorized_keys there (ssh-copy-id). JobMon does not log in by password.");
        }
        return text.append(hop.remarks()).toString();
    }
}

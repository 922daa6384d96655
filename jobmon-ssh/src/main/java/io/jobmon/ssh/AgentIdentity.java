package io.jobmon.ssh;

import java.io.IOException;
import net.schmizz.sshj.transport.Transport;

/**
 * A key that the agent holds.
 *
 * @param name what to call it
 * @param key its public half
 * @param agent the agent
 */
record AgentIdentity(String name, PublicKeyBlob key, Agent agent) implements Identity {

    @Override
    public byte[] sign(byte[] data, String algorithm, Transport transport) throws IOException {
        return agent.sign(key, data, algorithm);
    }
}

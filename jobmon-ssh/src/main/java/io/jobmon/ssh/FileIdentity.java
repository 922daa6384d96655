package io.jobmon.ssh;

import java.io.IOException;
import java.security.KeyPair;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.signature.Signature;
import net.schmizz.sshj.transport.Transport;

/**
 * A key that was read from a file.
 *
 * @param name what to call it
 * @param key its public half
 * @param pair both halves
 */
record FileIdentity(String name, PublicKeyBlob key, KeyPair pair) implements Identity {

    @Override
    public byte[] sign(byte[] data, String algorithm, Transport transport) throws IOException {
        Signature signature = Factory.Named.Util.create(transport.getConfig().getKeyAlgorithms(), algorithm)
                .newSignature();
        signature.initSign(pair.getPrivate());
        signature.update(data);
        return new Buffer.PlainBuffer()
                .putString(signature.getSignatureName())
                .putBytes(signature.encode(signature.sign()))
                .getCompactData();
    }
}

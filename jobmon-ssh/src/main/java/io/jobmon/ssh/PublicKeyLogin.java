package io.jobmon.ssh;

import java.io.IOException;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/**
 * Logs in by one key and one algorithm: RFC 4252, 7. Asks first whether the server would take the key, and signs only then.
 * SSHJ's own needs the private half, which an agent does not give.
 */
final class PublicKeyLogin extends AbstractAuthMethod {

    private final Identity identity;
    private final String algorithm;

    PublicKeyLogin(Identity identity, String algorithm) {
        super("publickey");
        this.identity = identity;
        this.algorithm = algorithm;
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        return request(false);
    }

    private SSHPacket request(boolean signed) throws UserAuthException {
        return super.buildReq()
                .putBoolean(signed)
                .putString(algorithm)
                .putString(identity.key().bytes());
    }

    @Override
    public void handle(Message message, SSHPacket content) throws UserAuthException, TransportException {
        if (message != Message.USERAUTH_60) {
            super.handle(message, content);
            return;
        }
        SSHPacket request = request(true);
        byte[] data = new Buffer.PlainBuffer()
                .putString(params.getTransport().getSessionID())
                .putBuffer(request)
                .getCompactData();
        byte[] signature;
        try {
            signature = identity.sign(data, algorithm, params.getTransport());
        } catch (IOException | RuntimeException e) {
            throw new UserAuthException(identity.name() + " could not sign: " + Reasons.of(e), e);
        }
        params.getTransport().write(request.putString(signature));
    }
}

package io.jobmon.ssh;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import net.schmizz.sshj.common.Buffer;

/** An agent with RSA keys, or one that misbehaves. */
final class FakeAgent implements AutoCloseable {

    private static final Map<Integer, String> HASHES = Map.of(0, "SHA1", 2, "SHA256", 4, "SHA512");
    private static final Map<Integer, String> NAMES = Map.of(0, "ssh-rsa", 2, "rsa-sha2-256", 4, "rsa-sha2-512");

    /** How it behaves. */
    enum Mood {
        GOOD,
        LISTS_NONSENSE,
        REFUSES_TO_SIGN,
        HANGS_UP,
        PROMISES_TOO_MUCH
    }

    final Path socket;
    final List<Integer> flags = new CopyOnWriteArrayList<>();
    private final Mood mood;
    private final List<KeyPair> keys;
    private final ServerSocketChannel server;

    FakeAgent(Path socket, Mood mood, KeyPair... keys) throws IOException {
        this.socket = socket;
        this.mood = mood;
        this.keys = List.of(keys);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread thread = new Thread(this::serve, "test-agent");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                answer(client);
            } catch (IOException | GeneralSecurityException e) {
                // The next one may do better.
            }
        }
    }

    private void answer(SocketChannel client) throws IOException, GeneralSecurityException {
        Buffer.PlainBuffer request =
                new Buffer.PlainBuffer(read(client, read(client, 4).getInt()).array());
        byte type = request.readByte();
        Buffer.PlainBuffer answer = new Buffer.PlainBuffer();
        if (mood == Mood.HANGS_UP) {
            return;
        } else if (mood == Mood.PROMISES_TOO_MUCH) {
            client.write(ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).flip());
            return;
        } else if (type == 11) {
            answer.putByte((byte) 12).putUInt32(mood == Mood.LISTS_NONSENSE ? 1_000_000 : keys.size());
            keys.forEach(key -> answer.putBytes(Keys.blob(key).bytes()).putString("key of the agent"));
        } else if (mood == Mood.REFUSES_TO_SIGN) {
            answer.putByte((byte) 5);
        } else {
            sign(request, answer);
        }
        client.write(ByteBuffer.wrap(
                new Buffer.PlainBuffer().putBytes(answer.getCompactData()).getCompactData()));
    }

    private void sign(Buffer.PlainBuffer request, Buffer.PlainBuffer answer)
            throws IOException, GeneralSecurityException {
        PublicKeyBlob wanted = new PublicKeyBlob(request.readBytes());
        byte[] data = request.readBytes();
        int flag = (int) request.readUInt32();
        flags.add(flag);
        KeyPair key = keys.stream()
                .filter(pair -> Keys.blob(pair).equals(wanted))
                .findFirst()
                .orElseThrow();
        Signature signature = Signature.getInstance(HASHES.get(flag) + "withRSA");
        signature.initSign(key.getPrivate());
        signature.update(data);
        byte[] signed = new Buffer.PlainBuffer()
                .putString(NAMES.get(flag))
                .putBytes(signature.sign())
                .getCompactData();
        answer.putByte((byte) 14).putBytes(signed);
    }

    private static ByteBuffer read(SocketChannel client, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (client.read(buffer) < 0) {
                throw new IOException("the client is gone");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

package io.jobmon.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.schmizz.sshj.common.Buffer;

/**
 * The agent that holds the user's keys: draft-miller-ssh-agent, of which only listing and signing are needed. Each call is a
 * connection of its own.
 *
 * @param socket where it listens
 * @param patience how long it may take to answer: it may ask its user first
 */
record Agent(Path socket, Duration patience) {

    private static final byte REQUEST_IDENTITIES = 11;
    private static final byte IDENTITIES_ANSWER = 12;
    private static final byte SIGN_REQUEST = 13;
    private static final byte SIGN_RESPONSE = 14;
    private static final int SHA2_256 = 2;
    private static final int SHA2_512 = 4;
    private static final int LONGEST = 256 * 1024;
    private static final int MOST_KEYS = 2_048;

    /**
     * A key that the agent holds.
     *
     * @param key its public half
     * @param comment what its owner calls it
     */
    record Key(PublicKeyBlob key, String comment) {}

    /** Lists the keys. */
    List<Key> keys() throws IOException {
        Buffer.PlainBuffer answer = ask(REQUEST_IDENTITIES, IDENTITIES_ANSWER, request -> {});
        long number = answer.readUInt32();
        if (number > MOST_KEYS) {
            throw new IOException("the agent says that it holds " + number + " keys");
        }
        List<Key> keys = new ArrayList<>();
        for (long i = 0; i < number; i++) {
            keys.add(new Key(new PublicKeyBlob(answer.readBytes()), answer.readString()));
        }
        return keys;
    }

    /** Signs: the answer is a signature in the form of RFC 4253, 6.6. */
    byte[] sign(PublicKeyBlob key, byte[] data, String algorithm) throws IOException {
        int flags =
                algorithm.startsWith("rsa-sha2-512") ? SHA2_512 : algorithm.startsWith("rsa-sha2-256") ? SHA2_256 : 0;
        return ask(
                        SIGN_REQUEST,
                        SIGN_RESPONSE,
                        request -> request.putBytes(key.bytes()).putBytes(data).putUInt32(flags))
                .readBytes();
    }

    private Buffer.PlainBuffer ask(byte type, byte expected, Consumer<Buffer.PlainBuffer> content) throws IOException {
        Buffer.PlainBuffer request = new Buffer.PlainBuffer();
        request.putByte(type);
        content.accept(request);
        byte[] message =
                new Buffer.PlainBuffer().putBytes(request.getCompactData()).getCompactData();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            SelectionKey ready = channel.register(selector, SelectionKey.OP_WRITE);
            long end = System.nanoTime() + patience.toNanos();
            for (ByteBuffer out = ByteBuffer.wrap(message); out.hasRemaining(); channel.write(out)) {
                await(selector, end);
            }
            ready.interestOps(SelectionKey.OP_READ);
            int length = read(channel, selector, Integer.BYTES, end).getInt();
            if (length < 1 || length > LONGEST) {
                throw new IOException("the agent sent what is no answer");
            }
            Buffer.PlainBuffer answer =
                    new Buffer.PlainBuffer(read(channel, selector, length, end).array());
            if (answer.readByte() != expected) {
                throw new IOException("the agent refused");
            }
            return answer;
        }
    }

    private static ByteBuffer read(SocketChannel channel, Selector selector, int length, long end) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            await(selector, end);
            if (channel.read(in) < 0) {
                throw new EOFException("the agent closed the connection");
            }
        }
        return in.flip();
    }

    private static void await(Selector selector, long end) throws IOException {
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0 || selector.select(left) == 0) {
            throw new SocketTimeoutException("the agent does not answer");
        }
        selector.selectedKeys().clear();
    }
}

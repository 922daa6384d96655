package io.jobmon.core.local;

import io.jobmon.JobMonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a starting server whether it is ready, in its own protocol (RESP, inline commands). */
final class RedisProbe {

    private static final Logger LOG = LoggerFactory.getLogger(RedisProbe.class);
    private static final long LISTEN_LIMIT = Duration.ofMinutes(1).toNanos();
    private static final long LOADING_NOTICE = Duration.ofSeconds(5).toNanos();
    private static final int SOCKET_MILLIS = 2_000;
    private static final int LONGEST_PAUSE = 50;

    private enum Answer {
        READY,
        LOADING,
        NONE
    }

    private RedisProbe() {}

    /**
     * Waits until a server is ready, however long it loads its data.
     *
     * @return false if its process has ended
     */
    static boolean await(ServerProcess server, InetAddress address, int port, String password) {
        long begin = System.nanoTime();
        long notice = begin + LOADING_NOTICE;
        int pause = 1;
        while (server.alive()) {
            Answer answer = ask(address, port, password);
            if (answer == Answer.READY) {
                return server.alive();
            }
            long now = System.nanoTime();
            if (answer == Answer.LOADING && now - notice > 0) {
                LOG.info("Redis is loading what the folder holds, for {} s so far", (now - begin) / 1_000_000_000L);
                notice = now + 2 * (now - begin);
            }
            if (answer == Answer.NONE && now - begin > LISTEN_LIMIT) {
                throw new JobMonException(
                        "The Redis server has not answered for a minute. Its last lines:\n" + server.lastLines());
            }
            pause(pause);
            pause = answer == Answer.LOADING ? Math.min(2 * pause, LONGEST_PAUSE) : 2;
        }
        return false;
    }

    /** Whether a server answers now, and takes the password. */
    static boolean answers(String host, int port, String password) {
        try {
            return ask(InetAddress.getByName(host), port, password) != Answer.NONE;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Answer ask(InetAddress address, int port, String password) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), SOCKET_MILLIS);
            socket.setSoTimeout(SOCKET_MILLIS);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            socket.getOutputStream().write(("AUTH " + password + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
            boolean known = "+OK".equals(in.readLine());
            return known ? answer(in.readLine()) : Answer.NONE;
        } catch (SocketTimeoutException e) {
            return Answer.LOADING;
        } catch (IOException e) {
            return Answer.NONE;
        }
    }

    private static Answer answer(@Nullable String line) {
        if ("+PONG".equals(line)) {
            return Answer.READY;
        }
        return line != null && line.startsWith("-LOADING") ? Answer.LOADING : Answer.NONE;
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobMonException("Interrupted while the Redis server was starting.", e);
        }
    }
}

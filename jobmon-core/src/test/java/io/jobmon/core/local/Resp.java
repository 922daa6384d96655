package io.jobmon.core.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The least that speaks to a Redis server. */
final class Resp implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader in;

    /** Connects without logging in. */
    Resp(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Connects and logs in. */
    static Resp open(String uri) throws IOException {
        Resp resp = new Resp(URI.create(uri).getPort());
        resp.send("AUTH " + URI.create(uri).getUserInfo().substring(1));
        return resp;
    }

    static String ask(EmbeddedRedis redis, String command) throws IOException {
        try (Resp resp = open(redis.uri())) {
            return resp.send(command);
        }
    }

    /** Sends words that hold no spaces; the answer as text, the elements of a list with commas between. */
    String send(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        return answer();
    }

    private String answer() throws IOException {
        String line = in.readLine();
        if (line.startsWith("$")) {
            return line.equals("$-1") ? "nil" : in.readLine();
        }
        if (line.startsWith("*")) {
            List<String> elements = new ArrayList<>();
            for (int left = Integer.parseInt(line.substring(1)); left > 0; left--) {
                elements.add(answer());
            }
            return String.join(",", elements);
        }
        return line.startsWith("-") ? line : line.substring(1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package dev.pando.dashboard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request as bytes: a client of the JDK would not send a wrong {@code Host}. */
final class RawRequest {
    /** A page that does not answer fails its test, and does not hold it for ever. */
    private static final int ANSWER_MILLIS = 20_000;

    private static final Pattern ROOM = Pattern.compile("url=(/[\\w-]+/)");
    private static final Pattern COOKIE = Pattern.compile("Set-cookie: (pando=[\\w-]+);", Pattern.CASE_INSENSITIVE);

    private final int port;
    private String line = "GET / HTTP/1.1";
    private final List<String> headers = new ArrayList<>();
    private String host;

    RawRequest(int port) {
        this.port = port;
        this.host = "127.0.0.1:" + port;
    }

    RawRequest get(String path) {
        return method("GET", path);
    }

    RawRequest method(String method, String path) {
        line = method + " " + path + " HTTP/1.1";
        return this;
    }

    RawRequest host(String name) {
        host = name;
        return this;
    }

    RawRequest header(String header) {
        headers.add(header);
        return this;
    }

    /** What came back, whole. */
    record Answer(String text) {
        int status() {
            return Integer.parseInt(text.substring(9, 12));
        }

        String body() {
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }

        String room() {
            return found(ROOM);
        }

        String cookie() {
            return found(COOKIE);
        }

        private String found(Pattern pattern) {
            Matcher matcher = pattern.matcher(text);
            if (!matcher.find()) {
                throw new AssertionError(text);
            }
            return matcher.group(1);
        }
    }

    Answer send() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(ANSWER_MILLIS);
            StringBuilder text = new StringBuilder(line).append("\r\n");
            if (!host.isEmpty()) {
                text.append("Host: ").append(host).append("\r\n");
            }
            headers.forEach(header -> text.append(header).append("\r\n"));
            text.append("Connection: close\r\n\r\n");
            socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new Answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}

package dev.pando.spring.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What workers do for the sample. */
final class SampleTasks {
    private SampleTasks() {}

    /** Calls this port, and returns what is said there. */
    static String waitFor(int port) throws IOException {
        try (Socket test = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return new String(test.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

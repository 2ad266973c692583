package dev.pando.lab.experiment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server in this JVM that answers after a delay, like a distant one. Uses a virtual thread for each request. */
final class SlowServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    SlowServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.setExecutor(threads);
        server.start();
    }

    /** Serves a page of this size at this path after this delay. Returns its address. */
    URI page(String path, int status, int size, Duration delay) {
        server.createContext(path, exchange -> answer(exchange, status, size, delay));
        return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + path);
    }

    private static void answer(HttpExchange exchange, int status, int size, Duration delay) throws IOException {
        try (exchange) {
            Thread.sleep(delay);
            exchange.sendResponseHeaders(status, size);
            exchange.getResponseBody().write(new byte[size]);
        } catch (InterruptedException e) {
            throw new InterruptedIOException("the server is stopped");
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

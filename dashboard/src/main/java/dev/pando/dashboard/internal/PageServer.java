package dev.pando.dashboard.internal;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Serves the page and its data, each request on a platform thread: the page is for a program in trouble, whose virtual
 * threads may hold every processor of their scheduler. A request that the {@link AccessGuard} does not admit gets one
 * answer, whether its path exists or not.
 */
public final class PageServer {
    /** Browsers that are told at once. */
    private static final int MOST_STREAMS = 8;

    /** Far more than the streams: a connection that says nothing holds one. */
    private static final int MOST_THREADS = 64;

    private static final long IDLE_SECONDS = 2;

    /** Between two messages: five a second. The tables come with every third. */
    private static final long PAUSE_MILLIS = 200;

    private static final int TABLES_EVERY = 3;
    private static final int LONGEST_BODY = 1024;

    private final AccessGuard guard;
    private final FeedSource source;
    private final boolean isWritable;
    private final PageText text = new PageText();
    private final HttpServer server;
    private final ThreadPoolExecutor threads = threads();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Semaphore streams = new Semaphore(MOST_STREAMS);

    public PageServer(AccessGuard guard, int port, boolean isWritable, FeedSource source) {
        this.guard = guard;
        this.source = source;
        this.isWritable = isWritable;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " of 127.0.0.1 cannot be had: " + e.getMessage(), e);
        }
        guard.servesAt(port());
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        startAsDaemon(server);
    }

    /** So many at most; further requests wait. A thread ends when it has had nothing to do for a while. */
    private static ThreadPoolExecutor threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                MOST_THREADS,
                MOST_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("pando-dashboard-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** The thread that accepts is a daemon if its maker is one: a page must not keep a program alive. */
    private static void startAsDaemon(HttpServer server) {
        Thread starter = new Thread(null, server::start, "pando-dashboard", 0, false);
        starter.setDaemon(true);
        starter.start();
        boolean interrupted = false;
        while (starter.isAlive()) {
            try {
                starter.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns a new address, which lets one browser in, once. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port() + "/open?token=" + guard.ticket());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            route(exchange);
        } catch (RuntimeException e) {
            System.getLogger("dev.pando.dashboard").log(System.Logger.Level.WARNING, "a request failed", e);
            throw e;
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        String path = String.valueOf(exchange.getRequestURI().getRawPath());
        String method = exchange.getRequestMethod();
        if (path.equals("/open") && method.equals("GET")) {
            open(exchange);
        } else if (!guard.admits(exchange.getRequestURI(), exchange.getRequestHeaders())) {
            refuse(exchange);
        } else {
            serve(exchange, method + " " + path.substring(guard.room().length()));
        }
    }

    private void serve(HttpExchange exchange, String asked) throws IOException {
        try {
            switch (asked) {
                case "GET " -> page(exchange);
                case "GET state" ->
                    json(
                            exchange,
                            200,
                            source.since(number(exchange, "cursor"), true).text());
                case "GET events" -> events(exchange);
                case "GET stack" ->
                    json(exchange, 200, source.stack((int) number(exchange, "pool"), number(exchange, "task")));
                case "POST cancel" -> cancel(exchange);
                default -> json(exchange, 404, "{}");
            }
        } catch (IllegalArgumentException noSuchPool) {
            json(exchange, 404, "{}");
        }
    }

    /** This page asks for the next one, so that the browser sends the strict cookie, whatever page had the link. */
    private void open(HttpExchange exchange) throws IOException {
        if (!guard.hasHost(exchange.getRequestHeaders())
                || !guard.useTicket(exchange.getRequestURI().getRawQuery())) {
            refuse(exchange);
            return;
        }
        exchange.getResponseHeaders().set("Set-Cookie", guard.cookie());
        html(
                exchange,
                200,
                "default-src 'none'",
                "<!doctype html><meta charset=utf-8><title>Pando</title><meta http-equiv=refresh content=\"0;url="
                        + guard.room() + "\">");
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        html(
                exchange,
                403,
                "default-src 'none'",
                "<!doctype html><meta charset=utf-8><title>Pando</title><p>This page needs an address that the program"
                        + " has made, and each address opens it once.");
    }

    private void page(HttpExchange exchange) throws IOException {
        String nonce = text.nonce();
        html(exchange, 200, PageText.policy(nonce), text.page(nonce, isWritable ? guard.actKey() : ""));
    }

    private void cancel(HttpExchange exchange) throws IOException {
        if (!isWritable || !guard.mayAct(exchange.getRequestHeaders())) {
            json(exchange, 403, "{}");
        } else if (exchange.getRequestBody().readNBytes(LONGEST_BODY + 1).length > LONGEST_BODY) {
            json(exchange, 413, "{}");
        } else {
            boolean cancelled = source.cancel((int) number(exchange, "pool"), number(exchange, "task"));
            json(exchange, 200, "{\"cancelled\":" + cancelled + "}");
        }
    }

    /** Returns a number of the query: 0 if it is not there, -1 if it is no number that counts something. */
    private static long number(HttpExchange exchange, String name) {
        String query = exchange.getRequestURI().getRawQuery();
        for (String part : query == null ? new String[0] : query.split("&", -1)) {
            if (part.startsWith(name + "=")) {
                String digits = part.substring(name.length() + 1);
                return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : -1;
            }
        }
        return 0;
    }

    /** Tells one browser until it has gone. Nothing is computed while no browser is here. */
    private void events(HttpExchange exchange) throws IOException {
        if (!streams.tryAcquire()) {
            json(exchange, 503, "{}");
            return;
        }
        try {
            common(exchange, "text/event-stream; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            long cursor = number(exchange, "cursor");
            for (int round = 0; ; round++) {
                FeedSource.Answer answer = source.since(cursor, round % TABLES_EVERY == 0);
                cursor = answer.cursor();
                out.write(("data: " + answer.text() + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
                if (closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            streams.release();
        }
    }

    private static void json(HttpExchange exchange, int status, String body) throws IOException {
        common(exchange, "application/json; charset=utf-8");
        exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'");
        send(exchange, status, body);
    }

    private static void html(HttpExchange exchange, int status, String policy, String body) throws IOException {
        common(exchange, "text/html; charset=utf-8");
        exchange.getResponseHeaders().set("Content-Security-Policy", policy);
        send(exchange, status, body);
    }

    private static void common(HttpExchange exchange, String type) {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}

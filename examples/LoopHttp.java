/*
 * A thousand requests in flight on one loop: each is a coroutine, and none of them has a thread while it waits.
 *
 * The server belongs to this program, so nothing leaves your machine. It answers no request before all thousand have
 * come: if the requests came one after the other, or a hundred at a time, the program would never end.
 */
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pando.TaskFuture;
import dev.pando.loop.Loop;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

static final int REQUESTS = 1_000;
static final CountDownLatch ASKED = new CountDownLatch(REQUESTS);

/** Coroutines share this without a lock, because one runs at a time, and keeps its turn until it waits. */
static int inFlight;
static int most;

void main() throws Exception {
    HttpServer server = startServer();
    String here = "http://localhost:" + server.getAddress().getPort() + "/";
    try (HttpClient client = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build()) {
        List<String> pages = Loop.run(() -> {
            List<TaskFuture<String>> all = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                String address = here + i;
                all.add(Loop.spawn(() -> fetch(client, address)));
            }
            return Loop.gather(all);
        });
        System.out.println(pages.size() + " pages were loaded, " + new HashSet<>(pages).size() + " of them different");
        System.out.println(most + " requests were in flight at once, on one loop");
    }
    server.stop(0);
}

/** An ordinary method that waits by an ordinary call. */
static String fetch(HttpClient client, String address) {
    most = Math.max(most, ++inFlight);
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).version(HttpClient.Version.HTTP_1_1).build();
    String page = Loop.await(client.sendAsync(request, HttpResponse.BodyHandlers.ofString())).body();
    inFlight--;
    return page;
}

static HttpServer startServer() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), REQUESTS);
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    server.createContext("/", exchange -> answer(exchange));
    server.start();
    return server;
}

static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
        ASKED.countDown();
        ASKED.await();
        byte[] page = ("this is page " + exchange.getRequestURI().getPath()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
    } catch (InterruptedException e) {
        throw new InterruptedIOException();
    }
}

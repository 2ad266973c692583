/*
 * Five addresses, five workers: pages as they arrive, failures by name.
 *
 * The addresses belong to a small server that this program starts for itself, so nothing leaves your machine. Of the
 * five, one answers "403 Forbidden" and one names a host that does not exist. The encyclopedia is asked for first and
 * is the slowest: the others do not wait for it.
 */
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.local.Threads;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

void main() throws Exception {
    askNoNameServer();
    HttpServer server = startServer();
    String here = "http://localhost:" + server.getAddress().getPort();
    List<String> addresses = List.of(
            here + "/encyclopedia", here + "/poem", here + "/novel", here + "/diary", "http://no-such-host.invalid/");

    int loaded = 0;
    int failed = 0;
    System.out.println("Five addresses, five workers. As they complete:\n");

    try (Pool pool = Pool.open(Threads.of(5))) {
        Map<TaskFuture<Integer>, String> pages = new LinkedHashMap<>();
        for (String address : addresses) {
            pages.put(pool.submit(() -> load(address)), address);
        }

        for (TaskFuture<Integer> page : Futures.asCompleted(pages.keySet())) {
            String name = nameOf(pages.get(page));
            Throwable error = page.exception(); // what the task threw, or null
            if (error == null) {
                loaded++;
                System.out.printf("  %-22s loaded, %d bytes%n", name, page.result());
            } else {
                failed++;
                String kind = error.getClass().getSimpleName();
                System.out.printf("  %-22s failed, %s: %s%n", name, kind, error.getMessage());
            }
        }
    }
    server.stop(0);
    int all = addresses.size();
    System.out.println("\n" + loaded + " loaded + " + failed + " failed = " + all + " addresses: nothing was lost.");
}

/** Loads a page and returns its size. This is what a worker runs; it is ordinary blocking code that may throw. */
static int load(String address) throws Exception {
    URI uri = URI.create(address);
    InetAddress.getByName(uri.getHost()); // first, because its exception says plainly that the host is unknown
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    HttpResponse<byte[]> response = Web.CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() == 403) {
        throw new ForbiddenException();
    }
    return response.body().length;
}

/** Holds the client of all tasks, which is made when the first task needs it. */
static class Web {
    static final HttpClient CLIENT = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
}

static class ForbiddenException extends IOException {
    ForbiddenException() {
        super("403 Forbidden");
    }
}

// The scenery: a server with four pages, and a file of host names that replaces name servers.

static HttpServer startServer() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    server.createContext("/encyclopedia", exchange -> answer(exchange, 200, 250_000, 400));
    server.createContext("/novel", exchange -> answer(exchange, 200, 40_000, 200));
    server.createContext("/poem", exchange -> answer(exchange, 200, 1_200, 0));
    server.createContext("/diary", exchange -> answer(exchange, 403, 20, 0));
    server.start();
    return server;
}

/** Answers after some time, as a server that is far away or busy would. */
static void answer(HttpExchange exchange, int status, int size, int millis) throws IOException {
    try (exchange) {
        Thread.sleep(millis);
        exchange.sendResponseHeaders(status, size);
        exchange.getResponseBody().write(new byte[size]);
    } catch (InterruptedException e) {
        throw new InterruptedIOException();
    }
}

/** From now on this JVM finds host names in a file, which only has localhost. Every other name is unknown, at once. */
static void askNoNameServer() throws IOException {
    Path hosts = Files.createTempFile("pando-fetch", ".hosts");
    hosts.toFile().deleteOnExit();
    Files.writeString(hosts, InetAddress.getLoopbackAddress().getHostAddress() + " localhost\n");
    System.setProperty("jdk.net.hosts.file", hosts.toString());
}

static String nameOf(String address) {
    URI uri = URI.create(address);
    return uri.getPath().equals("/") ? uri.getHost() : uri.getPath().substring(1);
}

/*
 * A web server that computes in a worker process, and says so when it has too much to do, or takes too long.
 *
 * The pool is bounded: one task runs, one may wait, and a third is refused at once, which the server answers with 503.
 * A computation that does not end is stopped after two seconds and answered with 504. The server itself is never in
 * danger. This program is its own client, so nothing leaves your machine.
 */
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pando.Pool;
import dev.pando.PoolListener;
import dev.pando.TaskFailedException;
import dev.pando.TaskInfo;
import dev.pando.TaskTimeoutException;
import dev.pando.WhenFull;
import dev.pando.process.Processes;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

void main() throws Exception {
    CountDownLatch secondBegins = new CountDownLatch(2);
    CountDownLatch thirdIsQueued = new CountDownLatch(3);
    PoolListener listener = new PoolListener() {
        @Override
        public void started(TaskInfo task) {
            secondBegins.countDown();
        }

        @Override
        public void queued(TaskInfo task) {
            thirdIsQueued.countDown();
        }
    };
    try (Pool pool = Pool.with(Processes.of(1).grace(Duration.ofMillis(200)))
                    .queue(1)
                    .whenFull(WhenFull.REJECT)
                    .timeout(Duration.ofSeconds(2))
                    .listener(listener)
                    .open();
            HttpClient client = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build()) {
        HttpServer server = startServer(pool);
        String here = "http://localhost:" + server.getAddress().getPort() + "/divisor?";

        System.out.println("91: " + client.send(request(here + 91), HttpResponse.BodyHandlers.ofString()).body());
        var endless = client.sendAsync(request(here + 0), HttpResponse.BodyHandlers.ofString());
        secondBegins.await();
        var waits = client.sendAsync(request(here + 119), HttpResponse.BodyHandlers.ofString());
        thirdIsQueued.await();
        var refused = client.send(request(here + 133), HttpResponse.BodyHandlers.ofString());
        System.out.println("133, while one runs and one waits: " + refused.statusCode() + " " + refused.body());
        System.out.println("0, which has no end: " + endless.join().statusCode() + " " + endless.join().body());
        System.out.println("119, which had to wait: " + waits.join().body());
        server.stop(0);
    }
}

static HttpRequest request(String address) {
    return HttpRequest.newBuilder(URI.create(address)).build();
}

static HttpServer startServer(Pool pool) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(task -> Thread.ofVirtual().start(task)); // each request waits on a virtual thread of its own
    server.createContext("/divisor", exchange -> answer(exchange, pool));
    server.start();
    return server;
}

static void answer(HttpExchange exchange, Pool pool) throws IOException {
    String number = exchange.getRequestURI().getQuery();
    int status = 200;
    String text;
    try {
        text = "" + pool.submit(() -> smallestDivisor(number)).result();
    } catch (RejectedExecutionException e) {
        status = 503;
        text = "too much to do, try again later";
    } catch (TaskTimeoutException e) {
        status = 504;
        text = "took too long, in " + e.stuckAt()[0].getMethodName();
    } catch (TaskFailedException e) {
        status = 400;
        text = e.getCause().getMessage();
    }
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    try (exchange) {
        exchange.getResponseBody().write(body);
    }
}

/** Returns the smallest divisor above one. With 0 the loop does not end: a fault of the kind that programs have. */
static long smallestDivisor(String text) {
    long number = Long.parseLong(text);
    long divisor = 2;
    while (number == 0 || number % divisor != 0) {
        divisor++;
    }
    return divisor;
}

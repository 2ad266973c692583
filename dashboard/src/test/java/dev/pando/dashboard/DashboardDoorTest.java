package dev.pando.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.Worker;
import dev.pando.dashboard.RawRequest.Answer;
import dev.pando.local.Threads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, as bytes on the wire. Each attack here has worked against another dashboard. */
class DashboardDoorTest {
    private final Pool pool = Pool.with(Threads.of(1)).named("door").open();
    private final CountDownLatch latch = new CountDownLatch(1);
    private DashboardServer server = Dashboard.on(pool).open();
    private Answer entry = null;

    @AfterEach
    void close() {
        latch.countDown();
        server.close();
        pool.close();
    }

    private void reopen(Dashboard dashboard) {
        server.close();
        server = dashboard.open();
        entry = null;
    }

    private RawRequest request() {
        return new RawRequest(server.port());
    }

    private static String path(URI address) {
        return address.getRawPath() + "?" + address.getRawQuery();
    }

    private Answer entry() throws IOException {
        if (entry == null) {
            entry = request().get(path(server.address())).send();
            assertThat(entry.status()).isEqualTo(200);
        }
        return entry;
    }

    /** A request of a browser that was let in. */
    private RawRequest admitted(String method, String name) throws IOException {
        return request().method(method, entry().room() + name).header("Cookie: a=b; " + entry().cookie());
    }

    private TaskFuture<?> running(String name) throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        TaskFuture<?> task = pool.named(name).submit(() -> {
            inside.countDown();
            latch.await();
        });
        inside.await();
        return task;
    }

    @Test
    void anAddressLetsOneBrowserInOnce() throws Exception {
        String address = path(server.address());
        assertThat(request().method("HEAD", address).send().status())
                .as("a preview uses nothing up")
                .isEqualTo(403);
        assertThat(request().get(address + "x").send().status()).isEqualTo(403);
        Answer first = request().get(address).send();
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.text())
                .containsIgnoringCase("; HttpOnly; SameSite=Strict")
                .contains("Path=" + first.room());
        assertThat(request().get(address).send().status()).as("the second time").isEqualTo(403);
        assertThat(admitted("GET", "").send().status()).isEqualTo(200);
    }

    @Test
    void whatIsNotAdmittedGetsOneAnswer() throws Exception {
        Answer inside = entry();
        String room = inside.room();
        Set<String> bodies = new HashSet<>();
        for (String path :
                List.of("/", "/open", "/open?token=", "/state", "/events", room, room + "state", "/x" + room)) {
            Answer answer = request().get(path).send();
            assertThat(answer.status()).as(path).isEqualTo(403);
            bodies.add(answer.body());
        }
        String cookie = "Cookie: " + inside.cookie();
        assertThat(request().get("/state").header(cookie).send().status()).isEqualTo(403);
        assertThat(request().get(room + "state").header(cookie + "x").send().status())
                .isEqualTo(403);
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH")) {
            assertThat(request().method(method, room + "cancel").send().status())
                    .as(method)
                    .isEqualTo(403);
        }
        assertThat(bodies).hasSize(1);
        assertThat(admitted("GET", "state").send().status()).isEqualTo(200);
        assertThat(admitted("DELETE", "state").send().status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:PORT",
                "127.0.0.1",
                "127.0.0.1:1",
                "127.0.0.1.evil.example:PORT",
                ""
            })
    void aNameThatWasReboundToThisAddressIsRefused(String host) throws Exception {
        String name = host.replace("PORT", Integer.toString(server.port()));
        String address = path(server.address());
        assertThat(request().host(name).get(address).send().status()).isIn(400, 403);
        assertThat(admitted("GET", "state").host(name).send().status()).isIn(400, 403);
        assertThat(admitted("GET", "state").header("Host: evil.example").send().status())
                .isIn(400, 403);
        assertThat(request()
                        .host("localhost:" + server.port())
                        .get(address)
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aPageOfAnotherSiteIsRefusedThoughItsBrowserWasLetIn() throws Exception {
        for (String header : List.of(
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Origin: null",
                "Origin: http://evil.example",
                "Origin: http://127.0.0.1:1")) {
            assertThat(admitted("GET", "state").header(header).send().status())
                    .as(header)
                    .isEqualTo(403);
        }
        Answer own = admitted("GET", "state")
                .header("Sec-Fetch-Site: same-origin")
                .header("Origin: http://127.0.0.1:" + server.port())
                .send();
        assertThat(own.status()).isEqualTo(200);
        assertThat(own.text()).doesNotContainIgnoringCase("Access-Control-");
    }

    @Test
    void thePageMayLoadNothingElseAndTellsNobodyWhereItIs() throws Exception {
        Answer page = admitted("GET", "").send();
        Answer again = admitted("GET", "").send();
        assertThat(page.text())
                .containsIgnoringCase("Content-Security-Policy: default-src 'none'; script-src 'nonce-")
                .containsIgnoringCase("Referrer-Policy: no-referrer")
                .containsIgnoringCase("X-Frame-Options: DENY")
                .containsIgnoringCase("Cache-Control: no-store");
        assertThat(page.body())
                .isNotEqualTo(again.body())
                .doesNotContain("http:", "https:", "{nonce}", "{act}", "/*css*/");
    }

    @Test
    void aReadOnlyPageStopsNothing() throws Exception {
        TaskFuture<?> task = running("stays");
        assertThat(admitted("GET", "").send().body()).contains("name=\"act\" content=\"\"");
        String cancel = "cancel?pool=0&task=" + task.info().id();
        assertThat(admitted("POST", cancel).send().status()).isEqualTo(403);
        assertThat(admitted("POST", cancel).header("X-Pando-Act: ").send().status())
                .isEqualTo(403);
        assertThat(task.isDone()).isFalse();
    }

    @Test
    void aWritablePageStopsWhatItsOwnScriptSays() throws Exception {
        reopen(Dashboard.on(pool).writable());
        TaskFuture<?> task = running("stuck");
        String page = admitted("GET", "").send().body();
        String key = page.replaceFirst("(?s).*name=\"act\" content=\"([\\w-]+)\".*", "$1");
        String cancel = "cancel?pool=0&task=" + task.info().id();
        assertThat(admitted("POST", cancel).send().status())
                .as("without the key")
                .isEqualTo(403);
        assertThat(admitted("POST", cancel)
                        .header("X-Pando-Act: x" + key)
                        .send()
                        .status())
                .isEqualTo(403);
        assertThat(admitted("POST", cancel)
                        .header("X-Pando-Act: " + key)
                        .header("Sec-Fetch-Site: none")
                        .send()
                        .status())
                .isEqualTo(403);
        assertThat(admitted("GET", cancel).header("X-Pando-Act: " + key).send().status())
                .isEqualTo(404);
        assertThat(task.isDone()).isFalse();
        Answer stopped = admitted("POST", cancel).header("X-Pando-Act: " + key).send();
        assertThat(stopped.body()).isEqualTo("{\"cancelled\":true}");
        assertThat(task.isCancelled()).isTrue();
    }

    @Test
    void theWordsOfTasksAreEscapedAndTheirValuesAreNotShown() throws Exception {
        record Secrets(String argument) {
            static String answer(String argument) {
                return "the-" + argument + "-result";
            }
        }
        assertThat(pool.named("<script>alert(1)</script>\u2028\ud800")
                        .submit(Secrets::answer, "argument")
                        .result())
                .isEqualTo("the-argument-result");
        assertThat(pool.submit(() -> {
                            throw new IllegalStateException("</script>&\"\\\n\u0000");
                        })
                        .exception())
                .isNotNull();
        Answer state = admitted("GET", "state").send();
        while (!state.body().contains("IllegalStateException")) { // it is heard of a moment after the end
            state = admitted("GET", "state").send();
        }
        assertThat(state.body())
                .contains("\\u003cscript\\u003ealert(1)\\u003c/script\\u003e\\u2028\\ud800")
                .contains("\\u003c/script\\u003e\\u0026\\\"\\\\\\n\\u0000")
                .doesNotContain("<", "the-argument", "argument-result");
    }

    /** The page is for a program in trouble. */
    @Test
    @Timeout(60)
    void thePageAnswersWhileVirtualThreadsHoldEveryProcessor() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        int carriers = Runtime.getRuntime().availableProcessors();
        CountDownLatch spinning = new CountDownLatch(carriers);
        for (int i = 0; i < carriers; i++) {
            Thread.startVirtualThread(() -> {
                spinning.countDown();
                while (!over.get()) {
                    Thread.onSpinWait();
                }
            });
        }
        try {
            spinning.await();
            assertThat(admitted("GET", "state").send().status()).isEqualTo(200);
        } finally {
            over.set(true);
        }
    }

    @Test
    void aRunningTaskSaysHowFarItIs() throws Exception {
        CountDownLatch said = new CountDownLatch(1);
        var _ = pool.named("render").submit(() -> {
            Worker.progress(0.25, "page 1 of <4>");
            said.countDown();
            latch.await();
        });
        said.await();
        assertThat(admitted("GET", "state").send().body())
                .contains("\"progress\":0.25")
                .contains("page 1 of \\u003c4\\u003e");
    }

    @Test
    void aStackIsShownAndNonsenseIsNotFound() throws Exception {
        TaskFuture<?> task = running("waits");
        assertThat(admitted("GET", "stack?pool=0&task=" + task.info().id())
                        .send()
                        .body())
                .contains("DashboardDoorTest.lambda$running$");
        assertThat(admitted("GET", "stack?pool=0&task=4711").send().body())
                .isEqualTo("{\"task\":4711,\"missing\":\"NOT_RUNNING\",\"frames\":[]}");
        for (String query : List.of("pool=1&task=1", "pool=-1&task=1", "pool=x&task=1", "pool=99999999999&task=1")) {
            assertThat(admitted("GET", "stack?" + query).send().status())
                    .as(query)
                    .isEqualTo(404);
        }
        assertThat(admitted("GET", "../state").send().status()).isEqualTo(404);
    }

    @Test
    void messagesComeUntilThePageIsClosed() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String request = "GET " + entry().room() + "events HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                    + "\r\nCookie: " + entry().cookie() + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(next(lines)).contains("\"pools\":[{\"name\":\"door\"");
            pool.named("bar").submit(() -> 1).result();
            String line = next(lines);
            while (!line.contains("\"bar\"")) {
                line = next(lines);
            }
            assertThat(next(lines)).as("a bar is sent once").doesNotContain("\"bar\"");
            server.close();
            while (line != null) {
                line = lines.readLine();
            }
        }
        assertThatThrownBy(() -> request().send()).isInstanceOf(ConnectException.class);
    }

    private static String next(BufferedReader lines) throws IOException {
        while (true) {
            String line = lines.readLine();
            if (line == null || line.startsWith("data: ")) {
                return line;
            }
        }
    }

    @Test
    void whatCannotBeIsRefused() throws Exception {
        assertThatThrownBy(() -> Dashboard.on()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Dashboard.on(pool, null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Dashboard.on(pool).port(65_536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Dashboard.on(pool).port(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Dashboard.on(pool).history(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Dashboard.on(pool).history(300_001)).isInstanceOf(IllegalArgumentException.class);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(
                            () -> Dashboard.on(pool).port(taken.getLocalPort()).open())
                    .isInstanceOf(java.io.UncheckedIOException.class)
                    .hasMessageContaining("port " + taken.getLocalPort());
        }
    }
}

package dev.pando.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.local.Threads;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import dev.pando.spi.NodeFacts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real, headless Chromium, on the path or in {@code CHROME}; skipped where there is none. With {@code
 * -Dseeing.pictures=FOLDER} the pictures of {@code docs/seeing.md} are made.
 */
@Tag("processes")
@Timeout(300)
class DashboardPageTest {
    private static final Path PICTURES = Path.of(System.getProperty("seeing.pictures", "target/pictures"));

    @TempDir(cleanup = CleanupMode.NEVER) // a killed browser may still write there
    Path folder;

    private final CountDownLatch latch = new CountDownLatch(1);
    private HeadlessBrowser browser;

    @BeforeEach
    void start() throws Exception {
        String program = HeadlessBrowser.find().orElse("");
        if (program.isEmpty()) {
            System.out.println("######## DashboardPageTest is SKIPPED: no Chromium here. The dashboard is not tested in"
                    + " a browser. Install chromium, or set CHROME to one. ########");
        }
        Assumptions.assumeFalse(program.isEmpty(), "no Chromium on this machine");
        browser = new HeadlessBrowser(program, folder);
        browser.screen(1280, 900, "light");
    }

    @AfterEach
    void end() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    /** The pattern looks back at what it has read, so that a text which does not fit takes it longer than the test. */
    static boolean repeatsItsDomain(String address) {
        return Pattern.matches("(\\w+|\\w+\\.)+@(\\w+)\\.\\2", address);
    }

    /** Closed first, so that a test that fails does not wait for its own tasks. */
    private interface PoolEnd extends AutoCloseable {
        @Override
        void close();
    }

    private static void signal(String pid, String signal) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor())
                .isZero();
    }

    private void open(DashboardServer server) {
        browser.go(server.address().toString());
        browser.until("document.getElementById('live').textContent === 'live'");
    }

    private static String row(String table, String text) {
        return "[...document.querySelectorAll('#" + table + " tbody tr')].find(row => row.textContent.includes("
                + HeadlessBrowser.quoted(text).replace('"', '\'') + "))";
    }

    @Test
    void aStuckTaskIsFoundSeenAndKilled() throws Exception {
        try (Pool pool = Pool.with(Processes.of(2).grace(Duration.ofMillis(300)).output(Output.discard()))
                        .named("mail")
                        .open();
                DashboardServer server = Dashboard.on(pool).writable().open();
                PoolEnd _ = pool::kill) {
            open(server);
            List<TaskFuture<Boolean>> ordinary = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String address = "a".repeat(12 + i % 7) + "@example.org"; // some take longer than others
                ordinary.add(pool.named(i % 3 == 0 ? "parse" : "check").submit(() -> repeatsItsDomain(address)));
            }
            ordinary.forEach(TaskFuture::result);
            TaskFuture<Boolean> stuck = pool.named("check").submit(() -> repeatsItsDomain("a".repeat(60) + "!"));
            String name = stuck.info().name();
            browser.until(row("tasks", name) + ".textContent.includes('running')");
            browser.until(row("workers", name)); // who does what is asked after what runs
            String pid = browser.evaluate(row("workers", name) + ".cells[5].textContent");
            assertThat(ProcessHandle.of(Long.parseLong(pid)))
                    .as("the process " + pid)
                    .isPresent();

            browser.evaluate(row("tasks", name) + ".querySelector('button').click()");
            // the first look may come while the worker still unpacks the task
            browser.until("document.getElementById('frames').textContent.includes('repeatsItsDomain')"
                    + " || (document.getElementById('stack-said').textContent !== 'looking' && byId('again').click())");
            assertThat(browser.evaluate("document.getElementById('frames').textContent"))
                    .contains("java.util.regex.Pattern", "more of the JDK")
                    .doesNotContain("dev.pando.internal.process");
            assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("stack-title");
            browser.until("document.getElementById('legend').textContent.includes('parse')");
            browser.evaluate("stream.zoom(0.2)");
            browser.picture(PICTURES.resolve("seeing-stack.png"));
            signal(pid, "STOP");
            browser.evaluate("byId('again').click()");
            browser.until("document.getElementById('stack-said').textContent.includes('not answered in two seconds')");
            assertThat(browser.evaluate("document.getElementById('frames').textContent"))
                    .isEmpty();
            signal(pid, "CONT");
            browser.evaluate("document.getElementById('stop').click()");
            browser.until("document.getElementById('stack-said').textContent === 'cancelled'");
            assertThat(stuck.isCancelled()).isTrue();
            browser.until("document.getElementById('incidents').textContent.includes('did not give up its task')");
            browser.until("!" + row("workers", pid));
            assertThat(pool.submit(() -> repeatsItsDomain("a@b.b")).result()).isTrue();
            browser.until("document.querySelectorAll('#workers tbody tr').length > 0");
            browser.evaluate("document.getElementById('close').click()");
            browser.evaluate("document.querySelector('#incidents summary').click()");
            browser.evaluate("document.getElementById('incidents').scrollIntoView({block: 'end'})");
            browser.picture(PICTURES.resolve("seeing-death.png"));
            assertThat(browser.evaluate("document.querySelector('#incidents pre').textContent"))
                    .contains("task: " + name, "signal: SIGKILL");
            assertThat(ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive))
                    .isEmpty();
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void aTaskNamedLikeAScriptIsATextAndTheSearchFindsIt() throws Exception {
        String evil = "<img src=x onerror=\"window.pwned=1\"><script>window.pwned=1</script>";
        try (Pool pool = Pool.with(Threads.of(2)).named("<b>bold</b>").open();
                DashboardServer server = Dashboard.on(pool).open();
                PoolEnd _ = pool::kill) {
            CountDownLatch inside = new CountDownLatch(1);
            var _ = pool.named(evil).submit(() -> {
                inside.countDown();
                latch.await();
            });
            inside.await(); // its stack is looked at once
            var _ = pool.named("other").submit(() -> latch.await());
            var _ = pool.named("waiting").submit(() -> 1);
            pool.shared().queue(3).put("not shown");
            open(server);
            browser.until("document.querySelectorAll('#tasks tbody tr').length === 3");
            assertThat(browser.evaluate("document.querySelector('#tasks').textContent"))
                    .contains(evil);
            assertThat(browser.evaluate("document.querySelector('#pools').textContent"))
                    .contains("<b>bold</b>");
            browser.until(row("shared", "queue-") + ".textContent.includes('1 of 3 items')");
            assertThat(browser.evaluate("document.body.textContent")).doesNotContain("not shown");
            assertThat(browser.evaluate("[document.querySelectorAll('img, b').length, typeof window.pwned]"))
                    .isEqualTo("0,undefined");
            browser.evaluate("(search => { search.value = 'ONERROR'; search.dispatchEvent(new Event('input')); })"
                    + "(document.getElementById('search'))");
            browser.until("document.querySelectorAll('#tasks tbody tr').length === 1");
            browser.evaluate("document.querySelector('#tasks tbody button').click()");
            browser.until("document.getElementById('frames').children.length > 3");
            assertThat(browser.evaluate("document.getElementById('stop').hidden"))
                    .as("read-only")
                    .isEqualTo("true");
            latch.countDown();
            browser.until("document.querySelectorAll('#tasks tbody tr').length === 0");
            assertThat(browser.evaluate("location.search + location.hash + document.referrer"))
                    .isEmpty();
            assertThat(browser.evaluate(
                            "performance.getEntriesByType('resource').filter(one => new URL(one.name).origin"
                                    + " !== location.origin && !one.name.startsWith('data:')).length"))
                    .isEqualTo("0");
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void itCanBeReadOnEveryScreenAndInTheDark() throws Exception {
        try (Pool pool = Pool.with(Threads.of(3)).named("io").open();
                DashboardServer server = Dashboard.on(pool).open();
                PoolEnd _ = pool::kill) {
            for (int i = 0; i < 30; i++) {
                int number = i;
                pool.named(i % 2 == 0 ? "fetch" : "store").submit(() -> number).result();
            }
            assertThat(pool.named("fetch")
                            .submit(() -> {
                                throw new IllegalStateException("no route to " + "a-long-name".repeat(12));
                            })
                            .exception())
                    .isNotNull();
            for (int i = 0; i < 5; i++) {
                var _ = pool.named("watch").submit(() -> latch.await());
            }
            open(server);
            for (int width : new int[] {1280, 390}) {
                for (String scheme : new String[] {"light", "dark"}) {
                    browser.screen(width, 900, scheme);
                    browser.until("document.querySelectorAll('#tasks tbody tr').length === 5"
                            + " && document.getElementById('incidents').children.length === 1");
                    browser.until("stream.drawn?.length === 3 && matchMedia('(prefers-color-scheme: " + scheme
                            + ")').matches && document.getElementById('legend').textContent.includes('store')");
                    assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                            .as(width + " " + scheme)
                            .isEqualTo("true");
                    assertThat(Double.parseDouble(browser.evaluate(WORST_TEXT))).isGreaterThanOrEqualTo(4.5);
                    assertThat(Double.parseDouble(browser.evaluate(WORST_MARK))).isGreaterThanOrEqualTo(3);
                    browser.picture(PICTURES.resolve("seeing-" + width + "-" + scheme + ".png"));
                }
            }
            browser.evaluate("document.getElementById('stream').focus()");
            browser.evaluate(
                    "document.getElementById('stream').dispatchEvent(new KeyboardEvent('keydown', {key: '+'}))");
            assertThat(browser.evaluate("stream.span")).isEqualTo("15000000");
            browser.evaluate("document.getElementById('stream').dispatchEvent(new KeyboardEvent('keydown', {key:"
                    + " 'ArrowLeft'}))");
            assertThat(browser.evaluate("stream.end === null")).isEqualTo("false");
            latch.countDown();
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void nodesOfAClusterAreATable() throws Exception {
        NodeFacts alpha =
                new NodeFacts("alpha<b>", false, "Processes.of(8)", 8, 3, 5, 2, "0.1 on Java 25", 90_000_000_000L);
        NodeFacts beta = new NodeFacts("beta", true, "Threads.of(2)", 2, 0, -1, -1, "", -1);
        try (Pool pool = Pool.with(new FakeNodes(List.of(alpha, beta)))
                        .named("far")
                        .open();
                DashboardServer server = Dashboard.on(pool).open();
                PoolEnd _ = pool::kill) {
            open(server);
            browser.until("document.querySelectorAll('#nodes tbody tr').length === 2");
            assertThat(browser.evaluate("[...document.querySelectorAll('#nodes tbody tr')].map(row =>"
                            + " [...row.cells].map(cell => cell.textContent).join('|')).join(';')"))
                    .isEqualTo("alpha<b>|far|takes tasks|Processes.of(8)|3 of 8|5|2|0.1 on Java 25|90.0 s"
                            + ";beta|far|leaving|Threads.of(2)|0 of 2||||");
            assertThat(browser.evaluate("document.getElementById('nodes-section').hidden"))
                    .isEqualTo("false");
            assertThat(browser.errors()).isEmpty();
        }
    }

    /** As a framework does, which has no stream of answers, and no key that lets the page act. */
    @Test
    void aProgramMayServeThePageItself() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (Pool pool = Pool.with(Threads.of(1)).named("own").open();
                DashboardFeed feed = Dashboard.on(pool).feed();
                PoolEnd _ = pool::kill) {
            server.createContext("/admin/", exchange -> serve(exchange, feed));
            server.start();
            CountDownLatch inside = new CountDownLatch(1);
            TaskFuture<Integer> task = pool.named("counts").submit(() -> {
                inside.countDown();
                latch.await();
                return 1;
            });
            inside.await(); // its stack is looked at once
            String name = task.info().name();
            browser.go("http://localhost:" + server.getAddress().getPort() + "/admin/page");
            browser.until("document.getElementById('live').textContent === 'live'");
            browser.until(row("tasks", name) + ".textContent.includes('running')");

            browser.evaluate(row("tasks", name) + ".querySelector('button').click()");
            browser.until("document.getElementById('frames').textContent.includes('DashboardPageTest')");
            assertThat(browser.evaluate("document.getElementById('stop').hidden"))
                    .isEqualTo("true");
            latch.countDown();
            browser.until("!" + row("tasks", name));
            assertThat(browser.errors()).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    private static void serve(HttpExchange exchange, DashboardFeed feed) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        long last = query.contains("=") ? Long.parseLong(query.substring(query.lastIndexOf('=') + 1)) : 0;
        String text = switch (exchange.getRequestURI().getPath()) {
            case "/admin/page" -> feed.page();
            case "/admin/state" -> feed.since(last, true);
            case "/admin/stack" -> feed.stack(0, last);
            default -> "";
        };
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", text.startsWith("<") ? "text/html" : "application/json");
            exchange.sendResponseHeaders(text.isEmpty() ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** The contrast of two colours, by the formula of the accessibility guidelines. */
    private static final String CONTRAST = "(() => { const light = hex => { const part = at => { const c ="
        + " parseInt(hex.slice(at, at + 2), 16) / 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;"
        + " }; return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5); }; const contrast = (a, b) => { const"
        + " [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); }; const of = name =>"
        + " getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();";

    private static final String WORST_TEXT = CONTRAST
            + " return Math.min(...['ink', 'faint', 'link', 'bad'].flatMap(name => ['back', 'card'].map(ground =>"
            + " contrast(of(name), of(ground))))); })()";

    private static final String WORST_MARK = CONTRAST
            + " const palette = stream.dark.matches ? TaskStream.DARK : TaskStream.LIGHT; return"
            + " Math.min(...[...palette, of('edge'), of('bad')].map(color => contrast(color, of('card')))); })()";
}

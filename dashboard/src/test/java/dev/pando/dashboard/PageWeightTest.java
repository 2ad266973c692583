package dev.pando.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.local.Threads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the page weighs, and that it draws as many bars as it holds. With {@code -Dseeing.figures=on} it also prints how
 * long the first paint takes, and how many frames a second there are while a hundred thousand bars move.
 */
@Tag("processes")
@Timeout(300)
class PageWeightTest {
    private static final int MOST_BYTES = 300_000;

    @TempDir(cleanup = CleanupMode.NEVER) // a killed browser may still write there
    Path folder;

    @Test
    void thePageIsSmall() throws IOException {
        try (Pool pool = Pool.open(Threads.of(1));
                DashboardFeed feed = Dashboard.on(pool).feed()) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
                zip.write(feed.page().getBytes(StandardCharsets.UTF_8));
            }
            assertThat(packed.size()).isBetween(1_000, MOST_BYTES);
            say("the page, compressed", packed.size() + " bytes");
        }
    }

    @Test
    void aHundredThousandBarsAreDrawnWhileTheyMove() throws Exception {
        String program = HeadlessBrowser.find().orElse("");
        Assumptions.assumeFalse(program.isEmpty(), "no Chromium on this machine");
        HeadlessBrowser browser = new HeadlessBrowser(program, folder);
        try (Pool pool = Pool.open(Threads.of(1));
                DashboardServer server = Dashboard.on(pool).open()) {
            browser.screen(1280, 900, "light");
            browser.go(server.address().toString());
            browser.until("document.getElementById('live').textContent === 'live'");
            browser.until("performance.getEntriesByType('paint').length === 2");
            say(
                    "first paint",
                    browser.evaluate("Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime"
                                    + " - performance.getEntriesByType('navigation')[0].fetchStart)")
                            + " ms");
            browser.evaluate(FILL);
            assertThat(browser.evaluate("[...stream.rows.values()].reduce((sum, row) => sum + row.bars.length, 0)"))
                    .isEqualTo("100000");
            browser.evaluate("stream.draw()");
            assertThat(browser.evaluate("stream.drawn.length")).isEqualTo("32");
            String columns = "(() => { const canvas = stream.canvas, paint = canvas.getContext('2d');"
                    + " const at = (x, y) => paint.getImageData(x, y, 1, 1).data[3];"
                    + " let filled = 0; for (let x = 120; x < canvas.width - 20; x += 10)"
                    + " for (let row = 0; row < 32; row++) filled += at(x, 18 + row * 18 + 8) ? 1 : 0;"
                    + " return filled > 1000; })()";
            assertThat(browser.evaluate(columns))
                    .as("the rows are full of bars")
                    .isEqualTo("true");
            String frames = browser.evaluate(FRAMES);
            assertThat(Double.parseDouble(frames.substring(0, frames.indexOf(' '))))
                    .isPositive();
            say("frames a second, and milliseconds to draw one", frames);
            assertThat(browser.errors()).isEmpty();
        } finally {
            browser.close();
        }
    }

    private static void say(String what, String figure) {
        if (System.getProperty("seeing.figures") != null) {
            System.out.println(what + ": " + figure);
        }
    }

    /** Thirty seconds of 32 workers, with eight names in turn. */
    private static final String FILL =
            "(() => { const now = stream.now(); for (let at = 0; at < 100000; at++) { const end = now - 30e6 +"
                + " Math.floor(at / 32) * 9600; stream.add([0, 'w-' + at % 32, 'task' + (at * 7 + (at >> 5)) % 8, at,"
                + " end - 9000, end, 's']); } })()";

    /** Two seconds of moving, a hundredth of the span with each frame. */
    private static final String FRAMES =
            "(async () => { const times = []; let frames = 0; const begin = performance.now(); const frame = () => new"
                + " Promise(requestAnimationFrame); await frame(); const first = performance.now(); while"
                + " (performance.now() - first < 2000) { const before = performance.now(); stream.move(frames % 20 <"
                + " 10 ? -0.01 : 0.01); times.push(performance.now() - before); frames++; await frame(); } const rate"
                + " = 1000 * frames / (performance.now() - first); times.sort((a, b) => a - b); return"
                + " Math.round(rate) + ' ' + times[times.length >> 1].toFixed(1); })()";
}

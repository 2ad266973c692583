package dev.pando.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.lab.NoProcessLeft;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page in a real, headless browser: found on the path or in {@code CHROME}, or else installed with Debian's tools.
 * Where these are missing or not permitted, the test is skipped with a message.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
@ExtendWith(NoProcessLeft.class)
class BrowserTest {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    /**
     * Added to a copy of the page: records errors, what was painted and what the keyboard does, for the test to read.
     */
    private static final String WATCH = """
        <script>
        const errors = [];
        addEventListener("error", event => errors.push(event.message));
        const said = console.error;
        console.error = (...all) => { errors.push(all.join(" ")); said(...all); };
        addEventListener("load", () => {
          const found = document.documentElement.dataset;
          const painted = [...document.querySelectorAll("canvas")].filter(canvas => canvas.width > 0
            && canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some(byte => byte !== 0));
          found.painted = painted.length;
          const bars = [...document.querySelectorAll(".timeline .bar")];
          found.bars = bars.filter(bar => bar.getBoundingClientRect().width > 0).length;
          const timeline = document.querySelector(".timeline");
          timeline.focus();
          timeline.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
          found.said = timeline.parentElement.querySelector(".said").textContent;
          found.focused = document.activeElement === timeline;
          found.wide = document.documentElement.scrollWidth <= innerWidth;
          found.hidden = [...document.querySelectorAll(".scroll")].filter(box => box.scrollWidth > box.clientWidth + 1).length;
          document.querySelector("[data-zoom='2']").click();
          found.zoomed = timeline.scrollWidth > 1.9 * timeline.clientWidth;
          document.querySelector("[data-zoom='0']").click();
          found.whole = timeline.scrollWidth <= timeline.clientWidth + 1;
          found.back = getComputedStyle(document.body).backgroundColor;
          found.requests = performance.getEntriesByType("resource").filter(entry => !entry.name.startsWith("data:")).length;
          found.errors = errors.join("; ");
          found.done = "yes";
          parent.postMessage(Object.entries(found).map(([name, value]) => `data-${name}="${value}"`).join(" "), "*");
        });
        </script>
        """;

    static String browser = "";

    @TempDir
    Path folder;

    @BeforeAll
    static void findOrInstall() throws Exception {
        browser = find().orElse("");
        if (browser.isEmpty()
                && "root".equals(System.getProperty("user.name"))
                && onPath("apt-get").isPresent()) {
            System.out.println("BrowserTest: there is no browser; installing Debian's chromium ...");
            ProcessBuilder install =
                    new ProcessBuilder("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium");
            install.environment().put("DEBIAN_FRONTEND", "noninteractive");
            install.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(6, TimeUnit.MINUTES);
            browser = find().orElse("");
        }
        if (browser.isEmpty()) {
            System.out.println(
                    "######## BrowserTest is SKIPPED: no Chromium here, and none could be installed. The report is not"
                            + " tested in a browser. Install chromium, or set CHROME to one. ########");
        }
        Assumptions.assumeFalse(browser.isEmpty(), "no Chromium on this machine");
    }

    private static Optional<String> find() {
        String told = System.getenv("CHROME");
        return told != null && !told.isEmpty()
                ? Optional.of(told)
                : NAMES.stream()
                        .map(BrowserTest::onPath)
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    private static Optional<String> onPath(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(entry -> Path.of(entry, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "1400, 900, light, 'rgb(255, 255, 255)'",
        "1400, 900, dark, 'rgb(18, 23, 29)'",
        "390, 900, light, 'rgb(255, 255, 255)'",
        "390, 900, dark, 'rgb(18, 23, 29)'"
    })
    void everythingIsThereOnEveryScreen(int width, int height, String scheme, String background) throws Exception {
        String page = load(width, height, scheme, true);
        assertThat(page)
                .contains("data-done=\"yes\"")
                .contains("data-errors=\"\"")
                .contains("data-charts=\"2\"")
                .contains("data-painted=\"2\"")
                .contains("data-bars=\"27\"") // 40 less the QUEUED ones: rows that workers share show none
                .contains("data-requests=\"0\"")
                .contains("data-focused=\"true\"")
                .contains("data-wide=\"true\"")
                .contains("data-hidden=\"0\"")
                .contains("data-zoomed=\"true\"")
                .contains("data-whole=\"true\"")
                .contains("data-back=\"" + background + "\"")
                .contains("data-said=\"way-");
    }

    @Test
    void onPaperNothingIsCut() throws Exception {
        Path page = folder.resolve("page.html");
        ReportTest.labReport().writePage(page);
        Path paper = folder.resolve("page.pdf");
        Process run = new ProcessBuilder(
                        browser,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--virtual-time-budget=5000",
                        "--print-to-pdf=" + paper,
                        page.toUri().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("print.txt").toFile())
                .start();
        assertThat(run.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(paper).isNotEmptyFile();
        assertThat(Files.readString(page)).contains("@media print", ".scroll { overflow: visible; }");
    }

    @Test
    void theNumbersAreThereAsText() throws Exception {
        assertThat(load(1200, 900, "light", false))
                .contains("The numbers of this chart", "This timeline as text", "1.50 ms");
    }

    private String load(int width, int height, String scheme, boolean framed) throws IOException, InterruptedException {
        Path page = folder.resolve("page.html");
        ReportTest.labReport().writePage(page);
        Files.writeString(page, Files.readString(page).replace("<head>", "<head>" + WATCH));
        // A window cannot be as narrow as a phone, and a frame can.
        Path frame = Files.writeString(folder.resolve("frame.html"), String.format(Locale.ROOT, """
            <!doctype html><body><script>
            addEventListener("message", event => document.body.append(document.createComment(event.data)));
            </script><iframe src="page.html" width="%d" height="%d"></iframe></body>
            """, width, height));
        Path log = folder.resolve("log.txt");
        Path dom = folder.resolve("dom.html");
        List<String> command = new ArrayList<>(List.of(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=" + Math.max(width + 40, 600) + "," + height,
                "--blink-settings=preferredColorScheme=" + (scheme.equals("dark") ? 0 : 1),
                "--enable-logging=stderr",
                "--virtual-time-budget=5000",
                "--dump-dom",
                (framed ? frame : page).toUri().toString()));
        Process run = new ProcessBuilder(command)
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            assertThat(run.waitFor(2, TimeUnit.MINUTES)).as("the browser ends").isTrue();
        } finally {
            run.descendants().forEach(ProcessHandle::destroyForcibly);
            run.destroyForcibly();
        }
        assertThat(Files.readString(log).lines().filter(line -> line.contains("CONSOLE")))
                .as("the console")
                .isEmpty();
        return Files.readString(dom);
    }
}

package dev.pando.dashboard;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Chromium without a window, driven by its own protocol: it is told what to do, and asked what there is to see. */
final class HeadlessBrowser {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
    private static final Pattern LISTENS = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final Pattern ID = Pattern.compile("^\\{\"id\":(\\d+)");

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private String session = "";

    static Optional<String> find() {
        String told = System.getenv("CHROME");
        return told != null && !told.isEmpty()
                ? Optional.of(told)
                : NAMES.stream()
                        .map(HeadlessBrowser::onPath)
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

    HeadlessBrowser(String program, Path folder) throws Exception {
        process = new ProcessBuilder(
                        program,
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        String address = listensAt(said);
        Thread.ofVirtual().start(() -> said.lines().forEach(_ -> {})); // or else a full pipe would stop it
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address), new Listener())
                .join();
        String target = value(call("Target.createTarget", "{\"url\":\"about:blank\"}"), "targetId");
        session = value(
                call("Target.attachToTarget", "{\"targetId\":" + quoted(target) + ",\"flatten\":true}"), "sessionId");
        call("Page.enable", "{}");
        call("Runtime.enable", "{}");
        call("Log.enable", "{}");
    }

    private String listensAt(BufferedReader said) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append("\n");
            Matcher found = LISTENS.matcher(line);
            if (found.find()) {
                return found.group(1);
            }
        }
        throw new AssertionError("the browser did not start:\n" + all);
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                heard(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private void heard(String message) {
        Matcher id = ID.matcher(message);
        if (id.find()) {
            answers.remove(Integer.parseInt(id.group(1))).complete(message);
        } else if (message.contains("\"Runtime.exceptionThrown\"")
                || (message.contains("\"Log.entryAdded\"") && message.contains("\"level\":\"error\""))
                || (message.contains("\"Runtime.consoleAPICalled\"") && message.contains("\"type\":\"error\""))) {
            errors.add(message);
        }
    }

    String call(String method, String parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<String> answer = new CompletableFuture<>();
        answers.put(id, answer);
        String to = session.isEmpty() ? "" : ",\"sessionId\":" + quoted(session);
        socket.sendText(
                        "{\"id\":" + id + ",\"method\":" + quoted(method) + ",\"params\":" + parameters + to + "}",
                        true)
                .join();
        return answer.orTimeout(50, TimeUnit.SECONDS).join();
    }

    /** Returns what an expression yields, as text; a promise is waited for. */
    String evaluate(String expression) {
        String answer = answer(expression);
        while (answer.contains("navigated or closed") || answer.contains("context was destroyed")) {
            answer = answer(expression); // the page that was asked has made room for the next
        }
        if (answer.contains("\"exceptionDetails\"")) {
            throw new AssertionError(expression + "\n" + answer);
        }
        return value(answer, "value");
    }

    private String answer(String expression) {
        return call(
                "Runtime.evaluate",
                "{\"expression\":" + quoted("Promise.resolve(" + expression + ").then(String)")
                        + ",\"awaitPromise\":true,\"returnByValue\":true}");
    }

    /** Waits in the page until this is so. */
    void until(String condition) {
        String found =
                evaluate("new Promise(done => { const late = Date.now() + 40000; const look = () => { let so = false;"
                        + " try { so = " + condition + "; } catch (error) {} if (so) done('yes');"
                        + " else if (Date.now() > late) done('no'); else setTimeout(look, 30); }; look(); })");
        if (!found.equals("yes")) {
            throw new AssertionError(condition + "\nis not so on this page:\n" + evaluate("document.body.innerText"));
        }
    }

    void go(String address) {
        call("Page.navigate", "{\"url\":" + quoted(address) + "}");
    }

    void screen(int width, int height, String scheme) {
        call(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":" + width + ",\"height\":" + height + ",\"deviceScaleFactor\":1,\"mobile\":false}");
        call(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":" + quoted(scheme) + "}]}");
    }

    void picture(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        String data = value(call("Page.captureScreenshot", "{\"format\":\"png\"}"), "data");
        Files.write(file, Base64.getDecoder().decode(data));
    }

    /** Returns what the console of the page says is wrong. */
    List<String> errors() {
        return errors;
    }

    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    /** Returns the text that stands under this name, the first time. */
    private static String value(String json, String name) {
        String before = "\"" + name + "\":\"";
        int from = json.indexOf(before);
        if (from < 0) {
            throw new AssertionError(name + " in " + json);
        }
        StringBuilder text = new StringBuilder();
        for (int at = from + before.length(); json.charAt(at) != '"'; at++) {
            char letter = json.charAt(at);
            if (letter == '\\') {
                letter = json.charAt(++at);
                if (letter == 'u') {
                    letter = (char) Integer.parseInt(json, at + 1, at + 5, 16);
                    at += 4;
                } else if (letter == 'n') {
                    letter = '\n';
                }
            }
            text.append(letter);
        }
        return text.toString();
    }

    void close() throws Exception {
        socket.abort();
        List<ProcessHandle> family = process.descendants().toList();
        process.destroyForcibly().waitFor();
        for (ProcessHandle member : family) {
            member.destroyForcibly();
            member.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
    }
}

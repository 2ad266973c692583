package dev.pando.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real application with the starter, as an executable jar: started, called over HTTP, and ended by a signal. */
@Tag("processes")
@Timeout(120)
class SampleApplicationTest {
    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Process application;
    private BufferedReader output;
    private String address;
    private String management;

    @AfterEach
    void end() {
        if (application != null) {
            application.destroyForcibly();
        }
        client.close();
    }

    private void start() throws Exception {
        application = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-jar",
                        new SamplePacker(folder).pack().toString(),
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--pando.pools.render.backend=processes",
                        "--pando.pools.render.workers=1",
                        "--pando.pools.io.backend=virtual",
                        "--management.server.port=0",
                        "--management.server.address=127.0.0.1",
                        "--management.endpoints.web.exposure.include=health,metrics,pando",
                        "--management.endpoint.health.show-details=always")
                .redirectErrorStream(true)
                .start();
        output = application.inputReader(StandardCharsets.UTF_8);
        address = "http://127.0.0.1:" + awaitLine("sample port ").replaceAll(".* ", "");
        management = "http://127.0.0.1:" + awaitLine("management port ").replaceAll(".* ", "");
    }

    private String awaitLine(String part) throws Exception {
        StringBuilder all = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(part)) {
                return line;
            }
            all.append(line).append('\n');
        }
        throw new AssertionError("no line with " + part + " in\n" + all);
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create((path.startsWith("/actuator") ? management : address) + path))
                .build();
    }

    private HttpResponse<String> ask(HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString());
    }

    private String get(String path) throws Exception {
        HttpResponse<String> response = ask(request(path));
        assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(200);
        return response.body();
    }

    /** Asks until the answer has this: what is asked for is there a moment after the result of a task. */
    private void becomes(String path, String part) throws Exception {
        String body = get(path);
        while (!body.contains(part)) {
            body = get(path);
        }
    }

    @Test
    void itWorksInProcessesTellsActuatorOfThemAndEndsInOrder() throws Exception {
        start();
        String answer = get("/twice?number=21");
        long worker = Long.parseLong(answer.replaceAll(".*\"pid\":(\\d+).*", "$1"));
        assertThat(answer).contains("\"value\":42");
        assertThat(application.descendants().map(ProcessHandle::pid)).contains(worker);

        assertThat(get("/actuator/health"))
                .startsWith("{\"components\":")
                .contains("\"renderPool\":{\"details\":{\"backend\":\"Processes", "\"ioPool\":{\"details\":")
                .doesNotContain("DOWN", "UNKNOWN");
        becomes("/actuator/metrics/executor.completed?tag=name:render", "\"value\":1.0");
        becomes("/actuator/metrics/pando.tasks?tag=name:render&tag=outcome:succeeded", "\"value\":1.0");

        showsPoolsBehindManagement();

        List<ProcessHandle> workers = application.descendants().toList();
        CompletableFuture<HttpResponse<String>> slow;
        try (ServerSocket here = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            slow = client.sendAsync(request("/slow?port=" + here.getLocalPort()), BodyHandlers.ofString());
            try (Socket task = here.accept()) {
                showsTheStackOfTheTask();
                application.toHandle().destroy(); // that of the process would close its output
                awaitLine("Commencing graceful shutdown");
                task.getOutputStream().write("in time".getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(slow.get().body()).isEqualTo("in time");
        assertThat(application.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(application.exitValue()).isEqualTo(128 + 15);
        for (ProcessHandle each : workers) {
            each.onExit().get(60, TimeUnit.SECONDS);
        }
    }

    /** At the port of management alone, and to be read alone. */
    private void showsPoolsBehindManagement() throws Exception {
        assertThat(get("/actuator/pando")).startsWith("{").contains("\"name\":\"render\"", "\"name\":\"io\"");
        assertThat(get("/actuator/pando/page"))
                .contains("<!doctype html>", "Content-Security-Policy", "name=\"act\" content=\"\"");
        assertThat(ask(request("/actuator/pando/page")).headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(get("/actuator/pando/state?cursor=0")).contains("\"cursor\":");
        becomes("/actuator/pando/state?cursor=0", "\"bars\":[[");
        for (String none : List.of("cancel?pool=0&task=1", "stack?pool=9&task=1", "stack", "events")) {
            assertThat(ask(request("/actuator/pando/" + none)).statusCode())
                    .as(none)
                    .isEqualTo(404);
        }
        HttpRequest act = HttpRequest.newBuilder(URI.create(management + "/actuator/pando/cancel?pool=0&task=1"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(ask(act).statusCode()).isEqualTo(405);
        HttpRequest outside =
                HttpRequest.newBuilder(URI.create(address + "/actuator/pando")).build();
        assertThat(ask(outside).statusCode()).isEqualTo(404);
    }

    private void showsTheStackOfTheTask() throws Exception {
        String state = get("/actuator/pando/state");
        String task = state.replaceAll(".*\"tasks\":\\[\\{\"pool\":(\\d+),\"id\":(\\d+),.*", "pool=$1&task=$2");
        becomes("/actuator/pando/stack?" + task, "SampleTasks.waitFor");
    }
}

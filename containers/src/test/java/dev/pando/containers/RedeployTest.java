package dev.pando.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.containers.app.PoolServlet;
import java.io.File;
import java.io.OutputStream;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A web application with worker processes, deployed and taken away again and again: nothing of it stays. */
@Tag("full") // minutes, and a download
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class RedeployTest {
    private static final int ROUNDS = 20;

    private final ReferenceQueue<ClassLoader> gone = new ReferenceQueue<>();
    private final Set<Object> loaders = new HashSet<>();

    @TempDir
    Path folder;

    private static Path placeOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** The servlet alone, or with Pando in {@code WEB-INF/lib}; else the container has Pando. */
    private Path application(boolean own) throws Exception {
        Path web = folder.resolve("web").resolve("WEB-INF");
        String name = PoolServlet.class.getName().replace('.', '/') + ".class";
        Path servlet = web.resolve("classes").resolve(name);
        Files.createDirectories(servlet.getParent());
        Files.copy(placeOf(PoolServlet.class).resolve(name), servlet);
        if (own) {
            jar(placeOf(Pool.class), Files.createDirectories(web.resolve("lib")).resolve("pando.jar"));
        }
        return web.getParent();
    }

    private static void jar(Path from, Path jar) throws Exception {
        if (Files.isRegularFile(from)) {
            Files.copy(from, jar);
            return;
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(from)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(from.relativize(each).toString()));
                Files.copy(each, out);
                out.closeEntry();
            }
        }
    }

    private WebServer server(String name) throws Exception {
        Path own = Files.createDirectory(folder.resolve("server"));
        return name.equals("tomcat") ? new TomcatServer(own) : new JettyServer(own);
    }

    @ParameterizedTest
    @CsvSource({"tomcat, true", "tomcat, false", "jetty, true", "jetty, false"})
    void nothingOfAnApplicationStays(String container, boolean own) throws Exception {
        Path application = application(own);
        WebServer server = server(container);
        try {
            round(server, application, own);
            collect(); // from here on: what the JDK and the container have used once, they keep
            Set<Thread> threads = Thread.getAllStackTraces().keySet();
            int files = files();
            for (int i = 0; i < ROUNDS; i++) {
                round(server, application, own);
            }
            assertThat(server.complaints()).isEmpty();
            collect();
            assertThat(loaders).as("loaders of %s rounds", ROUNDS).isEmpty();
            assertThat(ProcessHandle.current().descendants()).isEmpty();
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (isOfAnApplication(thread) && !threads.contains(thread)) {
                    assertThat(thread.join(Duration.ofSeconds(10)))
                            .as("%s ends", thread)
                            .isTrue();
                }
            }
            for (int i = 0; i < 100 && files() > files; i++) { // a connection closes a moment later
                System.gc();
                gone.remove(100);
            }
            assertThat(files()).isLessThanOrEqualTo(files);
        } finally {
            server.stop();
        }
    }

    /** The containers have threads that come and go with requests, and the JDK one that waits for processes. */
    private static boolean isOfAnApplication(Thread thread) {
        String name = thread.getName();
        boolean ofOthers = name.startsWith("process reaper")
                || name.startsWith("http-nio-")
                || name.startsWith("Catalina-")
                || name.startsWith("qtp")
                || name.contains("Scheduler-")
                || name.startsWith("Session-")
                || name.startsWith("ForkJoinPool.")
                || name.startsWith("Keep-Alive-Timer");
        return !ofOthers;
    }

    private void round(WebServer server, Path application, boolean own) throws Exception {
        loaders.add(new WeakReference<>(server.deploy(application), gone));
        var address = URI.create("http://localhost:" + server.port() + "/app/?number=21")
                .toURL();
        var connection = address.openConnection();
        connection.setRequestProperty("Connection", "close");
        try (var in = connection.getInputStream()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(own ? "42 own" : "42 shared");
        }
        server.undeploy();
    }

    private void collect() throws InterruptedException {
        for (int i = 0; i < 100 && !loaders.isEmpty(); i++) {
            System.gc();
            loaders.remove(gone.remove(100));
        }
    }

    private static int files() {
        return new File("/proc/self/fd").list().length;
    }
}

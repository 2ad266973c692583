package dev.pando.testkit;

import static dev.pando.testkit.SourceTexts.SHOW;
import static dev.pando.testkit.SourceTexts.program;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A container that loads and unloads an application again and again, as a web server does: nothing of it stays. */
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class RedeployedProgramTest {
    private static final int ROUNDS = 20;

    /** What leaves something behind, if anything does: facts about classes, shared memory, beans, a death, a wait. */
    private static final String USE = """
        System.out.println("round " + pool.submit(() -> twice(4)).result());
        if (args.length == 0) {
            return;
        }
        """ + SHOW + """
        try (var array = SharedArray.ofLongs(10)) {
            System.out.println(pool.submit(() -> array.length()).result());
        }
        byte[] large = new byte[200_000];
        System.out.println(pool.submit(() -> large.length).result());
        var queue = pool.shared().<String>queue(3);
        pool.submit(() -> queue.put("shared")).result();
        System.out.println(queue.take());
        System.out.println(pool.submit(() -> { Runtime.getRuntime().halt(3); return 1; }).exception().getClass());
        try (PoolView.Watch bean = PoolBeans.register(pool)) {
            System.out.println("seen"); // and from here on pools are registered by themselves
        }
        try (Pool virtual = Pool.open(dev.pando.local.Virtual.unlimited())) {
            System.out.println(virtual.submit(() -> twice(4)).result());
        }
        """;

    /**
     * Takes the class paths of the container and of the application, and the number of rounds. The first three rounds
     * use all there is to use; threads and files are counted from the end of the first, since the JDK keeps what it has
     * used once.
     */
    private static final String CONTAINER = """
        import java.io.File;
        import java.lang.ref.*;
        import java.net.*;
        import java.util.*;

        public class Container {
            static final ReferenceQueue<ClassLoader> GONE = new ReferenceQueue<>();
            static final Set<Object> LIVE = new HashSet<>();

            public static void main(String[] args) throws Exception {
                ClassLoader parent = loader(args[0], ClassLoader.getPlatformClassLoader());
                int rounds = Integer.parseInt(args[2]);
                Set<Thread> threads = new HashSet<>();
                int files = 0;
                for (int i = 0; i <= rounds; i++) {
                    deploy(args[1], parent, i < 3 ? new String[] {"all"} : new String[0]);
                    if (i == 0) {
                        collect();
                        threads = Thread.getAllStackTraces().keySet();
                        files = files();
                    }
                }
                collect();
                System.err.println("loaders " + LIVE.size());
                for (Thread thread : Thread.getAllStackTraces().keySet()) {
                    boolean ofTheJdk = thread.getName().startsWith("process reaper")
                            || thread instanceof java.util.concurrent.ForkJoinWorkerThread;
                    if (!ofTheJdk && !threads.contains(thread) && !thread.join(java.time.Duration.ofSeconds(10))) {
                        System.err.println("thread " + thread);
                    }
                }
                for (int i = 0; i < 100 && files() > files; i++) {
                    System.gc();
                    GONE.remove(100);
                }
                System.err.println("files " + Math.max(0, files() - files));
                System.err.println("processes " + ProcessHandle.current().descendants().count());
            }

            static URLClassLoader loader(String path, ClassLoader parent) throws Exception {
                List<URL> urls = new ArrayList<>();
                for (String entry : path.split(File.pathSeparator)) {
                    urls.add(new File(entry).toURI().toURL());
                }
                return new URLClassLoader(urls.toArray(new URL[0]), parent);
            }

            static void deploy(String path, ClassLoader parent, String[] use) throws Exception {
                Thread thread = Thread.currentThread();
                ClassLoader before = thread.getContextClassLoader();
                try (URLClassLoader loader = loader(path, parent)) {
                    LIVE.add(new WeakReference<>(loader, GONE));
                    thread.setContextClassLoader(loader);
                    loader.loadClass("App").getMethod("main", String[].class).invoke(null, (Object) use);
                } finally {
                    thread.setContextClassLoader(before);
                }
            }

            static void collect() throws Exception {
                for (int i = 0; i < 100 && !LIVE.isEmpty(); i++) {
                    System.gc();
                    LIVE.remove(GONE.remove(100));
                }
            }

            static int files() {
                return new File("/proc/self/fd").list().length;
            }
        }
        """;

    private ProgramWorkshop shop;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        shop = new ProgramWorkshop(folder);
        shop.boundSeconds = 240; // it starts two dozen JVMs, one after the other
    }

    /** @param cache where an archive of classes lies, of which a Pando that stays keeps the one that it found open */
    private void assertNothingStays(String container, String application, String cache) throws Exception {
        Path boot = shop.compile("boot", List.of("-cp", "."), shop.write("Container.java", CONTAINER));
        var ran = shop.java(
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dpando.cache=" + cache,
                        "-cp",
                        boot,
                        "Container",
                        container,
                        application,
                        ROUNDS)
                .succeeded();
        assertThat(ran.lines()).filteredOn("round 8"::equals).hasSize(ROUNDS + 1);
        assertThat(ran.lines()).filteredOn("shared"::equals).hasSize(3);
        assertThat(ran.lines()).filteredOn("seen"::equals).hasSize(3);
        assertThat(ran.err().lines()).containsExactly("loaders 0", "files 0", "processes 0");
    }

    private Path application() {
        return shop.compile("classes", List.of(), shop.write("App.java", program("App", "Processes.of(1)", USE)));
    }

    @Test
    void pandoInTheApplication() throws Exception {
        String application = application() + File.pathSeparator + shop.pandoJar();
        assertNothingStays(shop.at("empty").toString(), application, "");
    }

    @Test
    void pandoInTheContainer() throws Exception {
        assertNothingStays(shop.pandoJar().toString(), application().toString(), "off");
    }
}

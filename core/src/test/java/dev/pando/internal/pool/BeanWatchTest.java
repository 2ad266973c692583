package dev.pando.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import dev.pando.Pool;
import dev.pando.PoolBeans;
import dev.pando.PoolMXBean;
import dev.pando.PoolView;
import dev.pando.TaskFuture;
import dev.pando.local.Threads;
import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MBeanServerConnection;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerNotification;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The beans that pools have by themselves, once there is a server of Java management. */
@Timeout(120)
class BeanWatchTest {
    private static final String NAME = "dev.pando:type=Pool,name=";

    /** The program: two pools, of which it closes the first when it reads a line. It uses no Java management. */
    static final class Program {
        public static void main(String[] args) throws Exception {
            try (Pool _ = Pool.with(Threads.of(3)).named("second").open()) {
                try (Pool first = Pool.with(Threads.of(1)).named("first").open()) {
                    CountDownLatch inside = new CountDownLatch(1);
                    CountDownLatch latch = new CountDownLatch(1);
                    TaskFuture<?> task = first.submit(() -> waitsHere(inside, latch));
                    inside.await();
                    System.out.println(task.info().id());
                    System.in.read();
                    latch.countDown();
                }
                System.in.read();
            }
        }

        private static int waitsHere(CountDownLatch inside, CountDownLatch latch) throws InterruptedException {
            inside.countDown();
            latch.await();
            return 1;
        }
    }

    @Test
    @Tag("processes")
    @EnabledOnOs(OS.LINUX)
    void aConsoleThatAttachesFindsThePoolsOfAProgramThatKnowsNothingOfIt(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("classes");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load=info:file=" + log + ":tags",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = program.inputReader()) {
            long task = Long.parseLong(said.readLine());
            while (!Files.readString(log).contains(" javax.management.MBeanServerFactory source")) {
                LockSupport.parkNanos(10_000_000); // it has looked for a server once
            }
            assertThat(Files.readString(log))
                    .as("what a tenth of a second goes to where a server is made")
                    .doesNotContain(
                            " sun.management.",
                            " javax.management.ObjectName source",
                            "dev.pando.internal.pool.PoolBean source");

            VirtualMachine machine = VirtualMachine.attach(String.valueOf(program.pid()));
            JMXServiceURL address = new JMXServiceURL(machine.startLocalManagementAgent());
            machine.detach();
            try (JMXConnector connector = JMXConnectorFactory.connect(address)) {
                seenByAConsole(connector.getMBeanServerConnection(), task, program);
            }
        } finally {
            program.destroyForcibly().waitFor();
        }
    }

    private static void seenByAConsole(MBeanServerConnection server, long task, Process program) throws Exception {
        LinkedBlockingQueue<MBeanServerNotification> news = new LinkedBlockingQueue<>();
        server.addNotificationListener(
                MBeanServerDelegate.DELEGATE_NAME,
                (notification, _) -> news.add((MBeanServerNotification) notification),
                null,
                null);
        ObjectName first = new ObjectName(NAME + "\"first\"");
        ObjectName second = new ObjectName(NAME + "\"second\"");
        while (!server.isRegistered(first) || !server.isRegistered(second)) {
            news.take();
        }
        assertThat(server.queryNames(new ObjectName(NAME + "*,*"), null)).isEqualTo(Set.of(first, second));
        assertThat(server.getAttribute(first, "Running")).isEqualTo(1);
        assertThat(server.getAttribute(second, "Backend")).isEqualTo("Threads.of(3)");
        String[] frames =
                (String[]) server.invoke(first, "stack", new Object[] {task}, new String[] {long.class.getName()});
        assertThat(frames).anyMatch(frame -> frame.contains("waitsHere"));

        program.getOutputStream().write('\n');
        program.getOutputStream().flush();
        while (server.isRegistered(first)) {
            news.take();
        }
        assertThat(server.queryNames(new ObjectName(NAME + "*,*"), null)).isEqualTo(Set.of(second));
    }

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    private Set<ObjectName> beans(String pool) throws Exception {
        return server.queryNames(new ObjectName(NAME + "\"" + pool + "\",*"), null);
    }

    /** The thread of the program looks too, so that a bean may be about to come. */
    private void awaitBeans(String pool, int count) throws Exception {
        while (beans(pool).size() != count) {
            BeanWatch.look();
        }
    }

    @Test
    void whatTheProgramRegistersTakesThePlaceOfWhatIsThereByItself() throws Exception {
        try (Pool pool = Pool.with(Threads.of(1)).named("chosen").open()) {
            awaitBeans("chosen", 1);
            try (PoolView.Watch _ = PoolBeans.register(pool)) {
                awaitBeans("chosen", 1);
            }
            BeanWatch.look();
            awaitBeans("chosen", 0); // the program has taken it away
        }
    }

    @Test
    void theBeanOfAPoolGoesWithItsClose() throws Exception {
        ObjectName name = new ObjectName(NAME + "\"brief\"");
        try (Pool pool = Pool.with(Threads.of(2)).named("brief").open()) {
            assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
            awaitBeans("brief", 1);
            PoolMXBean seen = JMX.newMXBeanProxy(server, name, PoolMXBean.class);
            assertThat(seen.getState()).isEqualTo("open");
            assertThat(seen.getWidth()).isEqualTo(2);
        }
        BeanWatch.look();
        awaitBeans("brief", 0); // a moment after the close
    }

    @Test
    void beansAreTurnedOffByTheProperty() {
        assertThat(BeanWatch.isWanted("off")).isFalse();
        assertThat(BeanWatch.isWanted(null)).isTrue();
    }
}

package dev.pando;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.local.Threads;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** What a console of Java management sees of a pool. */
class PoolBeansTest {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    private static void atTheLatch(CountDownLatch inside, CountDownLatch latch) throws InterruptedException {
        inside.countDown();
        latch.await();
    }

    /** The thread of the program that registers pools by itself may have a bean of one, for a moment. */
    private void awaitBeans(ObjectName names, int count) {
        while (server.queryNames(names, null).size() != count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aConsoleReadsThePoolAndSeesAStack() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch latch = new CountDownLatch(1);
        ObjectName name = new ObjectName("dev.pando:type=Pool,name=\"beans: \\\"a\\*\\\"\"");
        try (Pool pool =
                        Pool.with(Threads.of(1)).named("beans: \"a*\"").queue(9).open();
                PoolView.Watch _ = PoolBeans.register(pool)) {
            TaskFuture<?> task = pool.named("render").submit(() -> atTheLatch(inside, latch));
            inside.await();
            PoolMXBean seen = JMX.newMXBeanProxy(server, name, PoolMXBean.class);
            assertThat(seen.getState()).isEqualTo("open");
            assertThat(seen.getBackend()).isEqualTo("Threads.of(1)");
            assertThat(seen.getRunning() + seen.getWidth() + seen.getWorkers()).isEqualTo(3);
            assertThat(seen.getQueueBound()).isEqualTo(9);
            assertThat(seen.getRunningTasks())
                    .singleElement()
                    .asString()
                    .contains(task.info().name() + " on ");
            assertThat(seen.getWorkerList())
                    .singleElement()
                    .asString()
                    .contains("RUNNING " + task.info().name());
            assertThat(seen.stack(task.info().id())).anyMatch(frame -> frame.contains("atTheLatch"));
            assertThat(seen.stack(4711)).isEmpty();
            latch.countDown();
        }
        awaitBeans(name, 0);
    }

    @Test
    void twoPoolsOfOneNameAreBothThere() throws Exception {
        ObjectName both = new ObjectName("dev.pando:type=Pool,name=\"twins\",*");
        try (Pool one = Pool.with(Threads.of(1)).named("twins").open();
                Pool other = Pool.with(Threads.of(1)).named("twins").open();
                PoolView.Watch _ = PoolBeans.register(one);
                PoolView.Watch _ = PoolBeans.register(other)) {
            awaitBeans(both, 2);
        }
        awaitBeans(both, 0);
    }
}

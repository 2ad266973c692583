package dev.pando;

import dev.pando.internal.util.Checks;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Shows pools to consoles of Java management: JDK Mission Control, VisualVM, jconsole, Jolokia. A bean answers when it
 * is asked and costs nothing else; no pool registers itself, because the classes of Java management take longer to load
 * than a pool to open.
 */
public final class PoolBeans {
    private static final int MOST = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private PoolBeans() {}

    /**
     * Registers a bean {@code dev.pando:type=Pool,name="..."} until it is closed. Of two pools of one name the second
     * gets a number in addition.
     *
     * @throws IllegalStateException this Java has no module {@code java.management}, or its server refused the bean
     */
    public static PoolView.Watch register(Pool pool) {
        PoolView view = Checks.present(pool, "pool").view();
        if (ModuleLayer.boot().findModule("java.management").isEmpty()) {
            throw new IllegalStateException("this runtime has no module java.management, which registers beans");
        }
        return new Registration(view);
    }

    private static final class Registration implements PoolView.Watch {
        private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        private final ObjectName name;

        Registration(PoolView view) {
            try {
                name = registered(new Bean(view), view.stats().name());
            } catch (JMException e) {
                throw new IllegalStateException("the bean of a pool could not be registered", e);
            }
        }

        private ObjectName registered(Bean bean, String pool) throws JMException {
            String plain = "dev.pando:type=Pool,name=" + ObjectName.quote(pool);
            for (int number = 1; ; number++) {
                ObjectName free = new ObjectName(number == 1 ? plain : plain + ",number=" + number);
                try {
                    server.registerMBean(bean, free);
                    return free;
                } catch (javax.management.InstanceAlreadyExistsException taken) {
                    // the next number
                }
            }
        }

        @Override
        public void close() {
            try {
                server.unregisterMBean(name);
            } catch (InstanceNotFoundException closedBefore) {
                // there is nothing left to do
            } catch (JMException e) {
                throw new IllegalStateException("the bean of a pool could not be taken away", e);
            }
        }
    }

    private record Bean(PoolView view) implements PoolMXBean {
        @Override
        public String getName() {
            return view.stats().name();
        }

        @Override
        public String getBackend() {
            return view.stats().backend();
        }

        @Override
        public String getState() {
            return view.stats().state();
        }

        @Override
        public int getWidth() {
            return view.width();
        }

        @Override
        public int getWorkers() {
            return view.stats().workers();
        }

        @Override
        public int getRunning() {
            return view.stats().running();
        }

        @Override
        public int getQueued() {
            return view.stats().queued();
        }

        @Override
        public int getQueueBound() {
            return view.queueBound();
        }

        @Override
        public long getSubmitted() {
            return view.stats().submitted();
        }

        @Override
        public long getSucceeded() {
            return view.stats().succeeded();
        }

        @Override
        public long getFailed() {
            return view.stats().failed();
        }

        @Override
        public long getCancelled() {
            return view.stats().cancelled();
        }

        @Override
        public long getRejected() {
            return view.stats().rejected();
        }

        @Override
        public long getRetried() {
            return view.stats().retried();
        }

        @Override
        public long getWorkersLost() {
            return view.stats().workersLost();
        }

        @Override
        public List<String> getRunningTasks() {
            Instant now = Instant.now();
            return view.running(MOST).stream().map(task -> text(task, now)).toList();
        }

        private static String text(TaskInfo task, Instant now) {
            String since = task.started()
                    .map(started -> ", for " + Duration.between(started, now).toMillis() + " ms")
                    .orElse("");
            return task.id() + " " + task.name() + " on " + task.worker().orElse("a worker") + since;
        }

        @Override
        public List<String> getWorkerList() {
            return view.workers(MOST).stream().map(Bean::text).toList();
        }

        private static String text(WorkerInfo worker) {
            StringBuilder text = new StringBuilder(worker.name());
            text.append(" ").append(worker.activity());
            worker.task().ifPresent(task -> text.append(" ").append(task.name()));
            worker.pid().ifPresent(pid -> text.append(", process ").append(pid));
            worker.memory()
                    .ifPresent(bytes -> text.append(", ").append(bytes >> 20).append(" MiB"));
            return text.toString();
        }

        @Override
        public List<String> stack(long task) {
            return view.stack(task, PATIENCE).stream()
                    .map(StackTraceElement::toString)
                    .toList();
        }
    }
}

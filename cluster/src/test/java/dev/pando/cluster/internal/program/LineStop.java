package dev.pando.cluster.internal.program;

import dev.pando.spi.Host;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Stops a thread that has taken a task off the line, and has not given the task to a node yet. */
final class LineStop {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean set;

    /** Returns the host with this stop at its line. */
    Host before(Host host) {
        Set<Class<?>> types = new LinkedHashSet<>();
        for (Class<?> type = host.getClass(); type != null; type = type.getSuperclass()) {
            types.addAll(List.of(type.getInterfaces()));
        }
        return (Host) Proxy.newProxyInstance(
                host.getClass().getClassLoader(), types.toArray(new Class<?>[0]), (_, method, given) -> {
                    Object returned;
                    try {
                        returned = method.invoke(host, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (set && returned != null && method.getName().equals("next")) {
                        set = false;
                        reached.countDown();
                        over.await();
                    }
                    return returned;
                });
    }

    /** The next thread that takes a task stops. */
    void set() {
        set = true;
    }

    /** Waits until a thread has stopped. */
    void await() throws InterruptedException {
        reached.await();
    }

    /** Lets the thread go on. */
    void end() {
        over.countDown();
    }
}

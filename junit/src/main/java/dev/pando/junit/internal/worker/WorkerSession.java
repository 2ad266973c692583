package dev.pando.junit.internal.worker;

import dev.pando.junit.internal.wire.TestEvent;
import dev.pando.shared.SharedQueue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The unit that this worker runs: what of it has ended elsewhere, what runs on which thread, and whether to stop. */
public final class WorkerSession {
    /** Written by the task alone: a worker runs one at a time. */
    private static volatile @Nullable WorkerSession current;

    /** {@code null}: what this worker rehearses is told to no program. */
    private final @Nullable SharedQueue<byte[]> events;

    private final Set<String> done;

    private final Map<String, String> parameters;

    /** The thread of each test and container that runs. Written by the threads that run tests. */
    private final Map<String, Thread> running = new ConcurrentHashMap<>();

    /** Written by the thread that waits for orders, before it tells where the tests are. */
    private volatile boolean stopping;

    WorkerSession(@Nullable SharedQueue<byte[]> events, Set<String> done, Map<String, String> parameters) {
        this.events = events;
        this.done = done;
        this.parameters = parameters;
    }

    /** Returns JUnit's configuration parameters. */
    public Map<String, String> parameters() {
        return parameters;
    }

    /** Returns the unit that this JVM runs; {@code null} in a JVM that is no worker. */
    static @Nullable WorkerSession current() {
        return current;
    }

    static void enter(@Nullable WorkerSession session) {
        current = session;
    }

    /** Returns why this test must not run here; {@code null} if it may. */
    @Nullable
    String objection(String id) {
        if (stopping) {
            return "the worker stops";
        }
        return done.contains(id) ? "it has run in another worker" : null;
    }

    /** This test or container begins, on this thread. */
    public void begins(String id) {
        running.put(id, Thread.currentThread());
    }

    /** This test or container has ended. */
    public void ends(String id) {
        running.remove(id);
    }

    /** No further test runs here; tells where each one is that does. */
    void stop() {
        stopping = true;
        running.forEach((id, thread) -> send(List.of(new TestEvent.StuckAt(id, List.of(thread.getStackTrace())))));
    }

    /**
     * Sends events, which are then with the program. A test may leave its thread interrupted, and that must neither
     * lose an event nor be lost itself.
     */
    public void send(List<TestEvent> some) {
        List<byte[]> packed = some.stream().map(TestEvent::packed).toList();
        boolean interrupted = false;
        while (events != null) {
            try {
                events.putAll(packed);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (IllegalStateException e) {
                break; // the queue is closed, or the task has ended: the program has given this worker up
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

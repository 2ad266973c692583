package dev.pando.testkit;

import dev.pando.PoolListener;
import dev.pando.TaskFuture;
import dev.pando.TaskInfo;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;

/** The last events of a pool, for the message of a test that fails. */
final class EventStory implements PoolListener {
    private static final int EVENTS = 50;

    final AtomicLong finished = new AtomicLong();
    private final ArrayDeque<String> events = new ArrayDeque<>();
    private final long began = System.nanoTime();

    synchronized void add(String event) {
        events.addLast((System.nanoTime() - began) / 1_000 + " us  " + event);
        if (events.size() > EVENTS) {
            events.removeFirst();
        }
    }

    @Override
    public void started(TaskInfo task) {
        add(task.name() + " on " + task.worker().orElse("nobody") + ", attempt " + task.attempts());
    }

    @Override
    public void finished(TaskInfo task, TaskFuture<?> future) {
        finished.incrementAndGet();
        String why = future.state() == TaskFuture.State.FAILED ? " " + firstLine(future.exceptionNow()) : "";
        add(task.name() + " " + future.state() + why);
    }

    private static String firstLine(Throwable thrown) {
        return String.valueOf(thrown).lines().findFirst().orElse("");
    }

    @Override
    public void workerStarted(String worker) {
        add(worker + " is ready");
    }

    @Override
    public void workerLost(String worker, String reason) {
        add(worker + " lost: " + reason);
    }

    @Override
    public synchronized String toString() {
        return String.join("\n", events);
    }
}

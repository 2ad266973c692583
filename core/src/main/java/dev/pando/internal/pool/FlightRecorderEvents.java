package dev.pando.internal.pool;

import dev.pando.internal.task.TaskCell;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The events that a flight recording of the JDK shows, in the category Pando. */
@SuppressWarnings("UnusedVariable") // the recorder reads the fields
final class FlightRecorderEvents {

    private FlightRecorderEvents() {}

    static void prepare() {
        var _ = new PoolEvent[] {new Queued(), new Started(), new Finished(), new WorkerStarted()};
    }

    static void queued(String pool, TaskCell<?> cell) {
        Queued event = new Queued();
        if (!event.shouldCommit()) {
            return;
        }
        event.pool = pool;
        event.task = cell.name();
        event.commit();
    }

    static void started(String pool, TaskCell<?> cell) {
        Started event = new Started();
        if (!event.shouldCommit()) {
            return;
        }
        event.pool = pool;
        event.task = cell.name();
        event.worker = cell.workerName();
        event.attempt = cell.attempts();
        event.commit();
    }

    static void finished(String pool, TaskCell<?> cell) {
        Finished event = new Finished();
        if (!event.shouldCommit()) {
            return;
        }
        event.pool = pool;
        event.task = cell.name();
        event.worker = cell.workerName();
        event.attempt = cell.attempts();
        event.outcome = cell.state().name();
        event.commit();
    }

    static void rejected(String pool, String reason) {
        Rejected event = new Rejected();
        if (!event.shouldCommit()) {
            return;
        }
        event.pool = pool;
        event.reason = reason;
        event.commit();
    }

    static void workerStarted(String pool, String worker) {
        WorkerStarted event = new WorkerStarted();
        if (!event.shouldCommit()) {
            return;
        }
        event.pool = pool;
        event.worker = worker;
        event.commit();
    }

    static void workerLost(String pool, String worker, String reason) {
        WorkerLost event = new WorkerLost();
        if (!event.shouldCommit()) {
            return;
        }
        event.pool = pool;
        event.worker = worker;
        event.reason = reason;
        event.commit();
    }

    @Category("Pando")
    @StackTrace(false)
    private abstract static class PoolEvent extends Event {
        @Label("Pool")
        String pool = "";
    }

    @Name("dev.pando.TaskQueued")
    @Label("Task queued")
    private static final class Queued extends PoolEvent {
        @Label("Task")
        String task = "";
    }

    @Name("dev.pando.TaskStarted")
    @Label("Task started")
    private static final class Started extends PoolEvent {
        @Label("Task")
        String task = "";

        @Label("Worker")
        String worker = "";

        @Label("Attempt")
        int attempt;
    }

    @Name("dev.pando.TaskFinished")
    @Label("Task finished")
    private static final class Finished extends PoolEvent {
        @Label("Task")
        String task = "";

        @Label("Worker")
        String worker = "";

        @Label("Attempt")
        int attempt;

        @Label("Outcome")
        String outcome = "";
    }

    @Name("dev.pando.TaskRejected")
    @Label("Task rejected")
    private static final class Rejected extends PoolEvent {
        @Label("Reason")
        String reason = "";
    }

    @Name("dev.pando.WorkerStarted")
    @Label("Worker started")
    private static final class WorkerStarted extends PoolEvent {
        @Label("Worker")
        String worker = "";
    }

    @Name("dev.pando.WorkerLost")
    @Label("Worker lost")
    private static final class WorkerLost extends PoolEvent {
        @Label("Worker")
        String worker = "";

        @Label("Reason")
        String reason = "";
    }
}

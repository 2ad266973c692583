package dev.pando.internal.task;

/** A task's state and nothing around it. */
public final class BareState extends TaskState {
    BareState() {
        super("work");
    }

    public static BareState running() {
        BareState task = new BareState();
        if (task.toRunning() != 1) {
            throw new AssertionError("a new task begins with attempt 1");
        }
        return task;
    }
}

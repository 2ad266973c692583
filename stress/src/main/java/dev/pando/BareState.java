package dev.pando;

/** A task's state and nothing around it. */
final class BareState extends TaskState {
    BareState() {
        super("work");
    }

    static BareState running() {
        BareState task = new BareState();
        if (task.toRunning() != 1) throw new AssertionError("a new task begins with attempt 1");
        return task;
    }
}

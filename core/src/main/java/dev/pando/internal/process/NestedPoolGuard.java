package dev.pando.internal.process;

import java.util.List;
import java.util.Optional;

/**
 * Refuses a pool of processes that a worker process would open only because it prepares a task: in a static
 * initializer, or in code that runs while the task is unpacked. Each worker of such a pool would do the same, so that
 * processes would breed without end.
 */
public final class NestedPoolGuard {
    private static final String WORKER = "dev.pando.internal.process.child.";
    private static final String UNPACKING = "dev.pando.internal.codec.";

    private NestedPoolGuard() {}

    /** Throws if the calling thread is a worker's, and is preparing a task. */
    public static void check() {
        List<StackWalker.StackFrame> stack = StackWalker.getInstance().walk(frames -> frames.toList());
        if (stack.stream().noneMatch(frame -> frame.getClassName().startsWith(WORKER))) {
            return;
        }
        Optional<String> initialized = stack.stream()
                .filter(frame -> frame.getMethodName().equals("<clinit>"))
                .map(StackWalker.StackFrame::getClassName)
                .findFirst();
        if (initialized.isPresent()) {
            String type = initialized.get();
            throw new IllegalStateException("the static initializer of " + type
                    + " opens a pool of processes. A worker process runs that initializer as well, because a task uses "
                    + type + ", and so would open a pool in turn. Open the pool in a method, or in a class that no task"
                    + " uses");
        }
        if (stack.stream().anyMatch(frame -> frame.getClassName().startsWith(UNPACKING))) {
            throw new IllegalStateException("a pool of processes is opened by code that runs while a worker process"
                    + " unpacks a task, in a readObject or readResolve. Open the pool in the task itself");
        }
    }
}

package dev.pando.lab.experiment;

import org.jspecify.annotations.Nullable;

/** A toy interpreter: what one thread of it runs, with a lock over the interpreter or without. */
final class Interpreter {
    /** What one of its instructions costs: some microseconds, so that looking at the lock in between weighs little. */
    private static final long STEPS = 4_000;

    private Interpreter() {}

    static long compute(@Nullable Gil gil, long bytecodes) throws InterruptedException {
        if (gil != null) {
            gil.take();
        }
        try {
            long value = 1;
            for (long i = 0; i < bytecodes; i++) {
                value = Spin.run(value, STEPS);
                if (gil != null) {
                    gil.check();
                }
            }
            return value;
        } finally {
            if (gil != null) {
                gil.drop();
            }
        }
    }

    static long computeAlone(long bytecodes) throws InterruptedException {
        return compute(null, bytecodes);
    }

    /** As an interpreter reads from a socket: without the lock while it waits. */
    static long pause(@Nullable Gil gil, long millis) throws InterruptedException {
        if (gil != null) {
            gil.take();
            gil.drop();
        }
        Thread.sleep(millis);
        if (gil != null) {
            gil.take();
            gil.drop();
        }
        return millis;
    }
}

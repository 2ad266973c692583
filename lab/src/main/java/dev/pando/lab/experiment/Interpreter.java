package dev.pando.lab.experiment;

import org.jspecify.annotations.Nullable;

/** A toy interpreter: the program of one of its threads, with a global lock or without. */
final class Interpreter {
    /** The length of an instruction: some microseconds, so that checking the lock in between costs little. */
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

    /** Waits as a program that reads from a socket does. */
    static long pause(@Nullable Gil gil, long millis) throws InterruptedException {
        if (gil == null) {
            Thread.sleep(millis);
            return millis;
        }
        gil.take();
        try {
            gil.sleep(millis);
            return millis;
        } finally {
            gil.drop();
        }
    }
}

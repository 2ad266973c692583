package dev.pando.lab.experiment;

import org.jspecify.annotations.Nullable;

/** A toy interpreter: the program of one of its threads, with a global lock or without. */
final class ToyInterpreter {
    /** The length of an instruction: some microseconds, so that checking the lock in between costs little. */
    private static final long STEPS = 4_000;

    private ToyInterpreter() {}

    static long compute(@Nullable InterpreterLock interpreterLock, long bytecodes) throws InterruptedException {
        if (interpreterLock != null) {
            interpreterLock.take();
        }
        try {
            long value = 1;
            for (long i = 0; i < bytecodes; i++) {
                value = SpinWork.run(value, STEPS);
                if (interpreterLock != null) {
                    interpreterLock.check();
                }
            }
            return value;
        } finally {
            if (interpreterLock != null) {
                interpreterLock.drop();
            }
        }
    }

    static long computeAlone(long bytecodes) throws InterruptedException {
        return compute(null, bytecodes);
    }

    /** Waits as a program that reads from a socket does. */
    static long pause(@Nullable InterpreterLock interpreterLock, long millis) throws InterruptedException {
        if (interpreterLock == null) {
            Thread.sleep(millis);
            return millis;
        }
        interpreterLock.take();
        try {
            interpreterLock.sleep(millis);
            return millis;
        } finally {
            interpreterLock.drop();
        }
    }
}

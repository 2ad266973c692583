package dev.pando.process;

import dev.pando.process.memory.Lender;
import dev.pando.process.memory.Source;
import dev.pando.process.os.Os;

/** The shared memory of this program. Loaded with the first array that needs it. */
final class Memory {
    /** Kept for whoever comes next, for ten seconds: as much again as a few large arrays, and no more. */
    private static final long IDLE = 512L << 20;

    /** For the pools of this program. Its alarms ring on a thread that is there while memory waits. */
    static final Lender LENDER = new Lender(Os.here(), new Patience("pando-memory"), IDLE);

    private Memory() {}

    /** Where new arrays come from: a task asks the program that it works for. */
    static Source source() {
        Source parent = Source.parent();
        return parent != null ? parent : LENDER;
    }
}

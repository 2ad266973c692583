package dev.pando.internal.process;

import dev.pando.internal.process.memory.Lender;
import dev.pando.internal.process.memory.MemorySource;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.util.SystemTimer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The shared memory of this program: there from the first array that needs it. What waits for the next goes with the
 * last pool.
 */
public final class ProgramMemory {
    /** How long unused memory is kept for the next array: ten seconds, and no more than a few large arrays. */
    private static final long IDLE = 512L << 20;

    /** Of worker processes, and open. Any thread, by atomic steps. */
    private static final AtomicInteger POOLS = new AtomicInteger();

    private static volatile boolean needed;

    /** Loaded with the first array. */
    private static final class First {
        /** Its alarms ring on a thread that is there while memory waits. */
        static final Lender LENDER = new Lender(OperatingSystem.here(), new SystemTimer("pando-memory-patience"), IDLE);
    }

    private ProgramMemory() {}

    /** For all pools of this program. */
    public static Lender lender() {
        needed = true;
        return First.LENDER;
    }

    static void opened() {
        POOLS.incrementAndGet();
    }

    static void closed() {
        if (POOLS.decrementAndGet() == 0 && needed) {
            lender().dropIdle();
        }
    }

    /** Where new arrays come from: a task asks the program that it works for. */
    public static MemorySource source() {
        MemorySource parent = MemorySource.parent();
        return parent != null ? parent : lender();
    }
}

package dev.pando.internal.process;

import dev.pando.internal.process.memory.Lender;
import dev.pando.internal.process.memory.MemorySource;
import dev.pando.internal.process.memory.SharedRegion;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.util.SystemTimer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

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

    /** The same as {@link #lender}, as a value. A class, not a lambda: it would delay a program's first result. */
    static final Supplier<Lender> LENDER = new Supplier<>() {
        @Override
        public Lender get() {
            return lender();
        }
    };

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
    private static MemorySource source() {
        MemorySource parent = MemorySource.parent();
        return parent != null ? parent : lender();
    }

    /** Returns memory for a new array. Unless it is to be zero the caller must overwrite it before it is shown. */
    public static SharedRegion take(long length, int size, boolean zeros) {
        if (length < 0) {
            throw new IllegalArgumentException("an array cannot have " + length + " elements");
        }
        try {
            return source().take(Math.multiplyExact(length, size), zeros);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Returns memory for a new array that has this content. */
    public static SharedRegion copyOf(MemorySegment content) {
        SharedRegion region = take(content.byteSize(), 1, false);
        region.segment().copyFrom(content);
        return region;
    }
}

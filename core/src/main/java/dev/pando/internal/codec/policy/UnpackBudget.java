package dev.pando.internal.codec.policy;

import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * How long the thread that unpacks a message may compute for it. Asked at each object and each reference: the tables of
 * the JDK that take for ever to fill, whatever their keys are, take them one after the other. A message of less than
 * {@value #STRIDE} objects costs no look at the clock.
 */
final class UnpackBudget {
    /** What any message may take: no honest one of some bytes computes so long. */
    private static final long MIN_NANOS = 10_000_000_000L;

    /** A second for each megabyte: an honest message needs a twentieth of that. */
    private static final long NANOS_PER_BYTE = 1_000;

    private static final int STRIDE = 64;

    private final long nanos;

    /** What the thread has computed, once the wall clock says that it may be too much. */
    private final LongSupplier computed;

    private int asked;
    private LongSupplier clock = System::nanoTime;
    private long end;

    UnpackBudget(int bytes) {
        this(MIN_NANOS + NANOS_PER_BYTE * bytes, UnpackBudget::computed);
    }

    UnpackBudget(long nanos, LongSupplier computed) {
        this.nanos = nanos;
        this.computed = computed;
    }

    /**
     * Returns whether the thread has computed for too long. The time on the wall is cheap to ask, but goes on while a
     * debugger or a busy machine holds the thread up. So when a quarter is over, a second term begins, in processor
     * time.
     */
    boolean isSpent() {
        if (++asked % STRIDE != 0) {
            return false;
        }
        if (asked == STRIDE) {
            end = clock.getAsLong() + nanos / 4;
            return false;
        }
        if (clock.getAsLong() - end < 0) {
            return false;
        }
        if (clock == computed) {
            return true;
        }
        clock = computed;
        end = clock.getAsLong() + nanos;
        return false;
    }

    /** Returns the processor time of this thread, or else, where the JDK cannot measure that, the time on the wall. */
    private static long computed() {
        try {
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            return cpu < 0 ? System.nanoTime() : cpu;
        } catch (LinkageError | UnsupportedOperationException e) { // a JDK without that module, or a virtual thread
            return System.nanoTime();
        }
    }
}

package dev.pando.process.wire;

import dev.pando.spi.Failure.Progress;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How far a worker has come with what it runs, written where it outlives the worker. Nobody need be told before it matters,
 * which is when the worker has died: then the parent reads here what {@code Began} and {@code Ended} would have said, each of
 * which wakes a reader.
 *
 * <p>The worker's main thread writes, anybody in the parent reads. One word holds it all, so it is never half written.
 */
public final class Slate {
    /** What it takes. */
    public static final int BYTES = 4096;

    private static final int BEGAN = 1;
    private static final int ENDED = 2;

    private final ByteBuffer memory;

    /** @param memory zeros at first, the same for both sides */
    public Slate(ByteBuffer memory) {
        this.memory = memory.order(ByteOrder.nativeOrder()); // an aligned long in the order of the machine is written at once
    }

    /** It is about to be unpacked. */
    public void began(int run) {
        write(run, BEGAN);
    }

    /** It has returned, and its value is about to be packed. */
    public void ended(int run) {
        write(run, ENDED);
    }

    private void write(int run, int far) {
        memory.putLong(0, (long) run << 2 | far);
        VarHandle.fullFence(); // before whatever the task does next, which may be the worker's end
    }

    /** How far it came with this run. */
    public Progress progress(int run) {
        VarHandle.fullFence();
        long word = memory.getLong(0);
        if (word >>> 2 != run) return Progress.NOT_STARTED;
        return (word & 3) == ENDED ? Progress.RAN : Progress.MAY_HAVE_RUN;
    }
}

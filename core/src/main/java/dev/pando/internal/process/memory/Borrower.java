package dev.pando.internal.process.memory;

import dev.pando.internal.codec.message.MemoryHandle;
import dev.pando.internal.codec.message.SharedMemory;
import dev.pando.internal.process.os.SystemLimits;
import dev.pando.internal.process.wire.MemoryMessage;
import dev.pando.internal.process.wire.ParentTalk;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The memory of a worker: asks the parent for it, and lets go of it when it is told to. Any thread may ask, and waits.
 * Made at every start of a worker, so it is little, and what it needs is loaded with the first array
 * ({@link BorrowedMemory}).
 */
public final class Borrower extends MemorySource implements SharedMemory {
    private final ParentTalk parent;
    private volatile @org.jspecify.annotations.Nullable BorrowedMemory borrowed;

    /** The number of the task that runs now; 0 is the initializer. Written by the main thread. */
    private volatile int task;

    public Borrower(ParentTalk parent) {
        this.parent = parent;
        becomesWorker(this);
    }

    private BorrowedMemory borrowed() {
        BorrowedMemory there = borrowed;
        return there != null ? there : first();
    }

    private synchronized BorrowedMemory first() {
        BorrowedMemory there = borrowed;
        if (there == null) {
            borrowed = there = new BorrowedMemory(parent, () -> task, SystemLimits.mappings());
        }
        return there;
    }

    /** The initializer or a task has ended. Called by the main thread. */
    public void endTask() {
        int ended = task;
        task = ended + 1;
    }

    /** Called by the thread that reads what the parent says. */
    public void receive(MemoryMessage.AboutMemory message) {
        borrowed().receive(message);
    }

    /** Returns whether a thread waits for memory. */
    public boolean awaitsAnswer() {
        BorrowedMemory there = borrowed;
        return there != null && there.awaitsAnswer();
    }

    /**
     * Maps what the parent shows with a reply. Called by the thread that reads what the parent says, so that nothing
     * which the parent says later, such as to forget it, comes in between.
     */
    public ByteBuffer shown(MemoryMessage.Grant grant) throws IOException {
        return borrowed().shown(grant);
    }

    @Override
    public SharedRegion take(long bytes, boolean zeros) throws IOException {
        return borrowed().take(bytes, zeros);
    }

    @Override
    public MessageAttachments leaving() {
        return borrowed().leaving();
    }

    @Override
    public Object arriving(MemoryHandle handle) throws IOException {
        return borrowed().arriving(handle);
    }
}

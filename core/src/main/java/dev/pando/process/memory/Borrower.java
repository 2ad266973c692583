package dev.pando.process.memory;

import dev.pando.codec.Handle;
import dev.pando.codec.Shared;
import dev.pando.process.wire.Message;
import java.io.IOException;

/**
 * The memory of a worker: asks the parent for it, and lets go of it when it is told to. Any thread may ask, and waits.
 * Made at every start of a worker, so it is little, and what it needs is loaded with the first array ({@link Borrowed}).
 */
public final class Borrower extends Source implements Shared {
    /** How to speak to the parent. */
    public interface Parent {
        void say(Message.ToParent message);

        /** Somebody waits for its answer. */
        void hurry();
    }

    private final Parent parent;
    private volatile @org.jspecify.annotations.Nullable Borrowed borrowed;

    public Borrower(Parent parent) {
        this.parent = parent;
        becomesWorker(this);
    }

    private Borrowed borrowed() {
        Borrowed there = borrowed;
        return there != null ? there : first();
    }

    private synchronized Borrowed first() {
        Borrowed there = borrowed;
        if (there == null) borrowed = there = new Borrowed(parent);
        return there;
    }

    /** The thread that reads what the parent says. */
    public void heard(Message.AboutMemory message) {
        borrowed().heard(message);
    }

    @Override
    public Span take(long bytes, boolean zeros) throws IOException {
        return borrowed().take(bytes, zeros);
    }

    @Override
    public Leaving leaving() {
        return borrowed().leaving();
    }

    @Override
    public Object arriving(Handle handle) throws IOException {
        return borrowed().arriving(handle);
    }
}

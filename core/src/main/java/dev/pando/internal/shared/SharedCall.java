package dev.pando.internal.shared;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call to a construct: what is asked, and what comes of it. It ends once, under the lock of the table, which
 * publishes it; then {@link #tell} is called, without that lock.
 */
public abstract class SharedCall implements Runnable {
    final CallOwner owner;
    final SharedOperation operation;
    final long amount;
    final long other;
    final List<?> items;
    private final CallPatience patience;

    /** The construct that was asked. Written by the table. */
    @Nullable
    ConstructState at;

    /** Bytes that are counted for the items while the call waits. */
    long countedBytes;

    private volatile @Nullable CallStatus status;
    private long answer;
    private List<?> answers = List.of();
    private String text = "";

    /** How long the caller waits. */
    public enum CallPatience {
        NONE,
        SOME,
        ENDLESS;

        /** Returns the number that stands for it in a message. */
        @SuppressWarnings("EnumOrdinal") // both ends are of one version
        public int number() {
            return ordinal();
        }
    }

    /** @param items as the table keeps them: packed, where items travel */
    protected SharedCall(
            CallOwner owner, SharedOperation operation, CallPatience patience, long amount, long other, List<?> items) {
        this.owner = owner;
        this.operation = operation;
        this.patience = patience;
        this.amount = amount;
        this.other = other;
        this.items = items;
    }

    /** The call has ended: sends or wakes. Called once, by any thread. */
    protected abstract void tell();

    /** The same, as what is left to do when the lock is free: no object that a full heap could refuse. */
    @Override
    public final void run() {
        tell();
    }

    boolean mayWait() {
        return patience != CallPatience.NONE;
    }

    boolean isTimed() {
        return patience != CallPatience.ENDLESS;
    }

    final boolean isOver() {
        return status != null;
    }

    /** Called under the lock of the table. */
    final void end(CallStatus how, long amount, List<?> items, String why) {
        answer = amount;
        answers = items;
        text = why;
        status = how;
    }

    /** Returns how the call ended. It has. */
    protected final CallStatus status() {
        CallStatus here = status;
        if (here == null) {
            throw new IllegalStateException("this call has not ended");
        }
        return here;
    }

    protected final long answer() {
        return answer;
    }

    /** Returns the items of the answer, as the table keeps them. */
    protected final List<?> answers() {
        return answers;
    }

    protected final String text() {
        return text;
    }
}

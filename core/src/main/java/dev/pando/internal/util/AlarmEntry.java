package dev.pando.internal.util;

import dev.pando.spi.Timer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** An alarm of a {@link SystemTimer}, and its own link in the stack of new ones or in the {@link AlarmHeap}. */
final class AlarmEntry implements Timer.Alarm {
    final long due;
    private final SystemTimer timer;

    /** What it does when it rings. {@code null}: it rang, or was called off; then its body may be collected. */
    private volatile @Nullable Runnable body;

    /** The next in the stack of new ones, or the next child of the same parent in the heap. */
    @Nullable
    AlarmEntry next;

    /** The first of those that are due later. Belongs to the heap. */
    @Nullable
    AlarmEntry child;

    private static final VarHandle BODY = FieldHandles.find(MethodHandles.lookup(), "body", Runnable.class);

    AlarmEntry(SystemTimer timer, long due, Runnable body) {
        this.timer = timer;
        this.due = due;
        this.body = body;
    }

    boolean isArmed() {
        return body != null;
    }

    /** Returns what it does to the one caller that must do it. {@code null}: it was called off, or rang. */
    @Nullable
    Runnable taken() {
        return (Runnable) BODY.getAndSet(this, null);
    }

    @Override
    public void cancel() {
        if (taken() != null) {
            timer.noteCancelled();
        }
    }
}

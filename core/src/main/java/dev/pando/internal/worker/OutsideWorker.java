package dev.pando.internal.worker;

import dev.pando.internal.deadlock.DeadlockDetector;
import dev.pando.internal.deadlock.WaitEdge;
import dev.pando.internal.deadlock.WaitingWorker;
import org.jspecify.annotations.Nullable;

/** A worker whose waits end in another program, so that the deadlock detector of this one takes it to be at work. */
interface OutsideWorker extends WaitingWorker {

    @Override
    default @Nullable WaitEdge waits() {
        return null;
    }

    @Override
    default void waitFor(@Nullable WaitEdge wait) {}

    @Override
    default boolean serves() {
        return false;
    }

    @Override
    default boolean isTimed() {
        return false;
    }

    @Override
    default DeadlockDetector.@Nullable Verdict verdict() {
        return null;
    }

    @Override
    default void judged(DeadlockDetector.Verdict verdict) {}
}

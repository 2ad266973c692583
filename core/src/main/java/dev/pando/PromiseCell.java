package dev.pando;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A future that no worker runs: it is completed by hand, or when the futures that it is made of are done. */
final class PromiseCell<T extends @Nullable Object> extends TaskCell<T> {

    /** Run once if the future is cancelled. Written by the thread that ends the future, so that the end releases it. */
    private @Nullable Runnable whenCancelled;

    /** The futures that this one is made of; {@code null}: it is completed by hand. */
    private final @Nullable Wait parts;

    private PromiseCell(Terms terms, long id, @Nullable Runnable whenCancelled, @Nullable Wait parts) {
        super(terms, id, System.nanoTime(), null);
        this.whenCancelled = whenCancelled;
        this.parts = parts;
    }

    PromiseCell() {
        this(Terms.BY_HAND, 0, null, null);
    }

    /** A future whose completer is told if it is cancelled. */
    PromiseCell(Terms terms, long id, Runnable whenCancelled) {
        this(terms, id, Objects.requireNonNull(whenCancelled), null);
    }

    /** A future that ends when these others do. */
    PromiseCell(Wait parts) {
        this(Terms.BY_HAND, 0, null, Objects.requireNonNull(parts));
    }

    /** Completes the future. {@code false}: it is done already. */
    boolean promise(@Nullable Object value) {
        if (!claimByHand(true)) return false;
        whenCancelled = null;
        return settle(SUCCEEDED, value);
    }

    /** Fails the future as if a task had thrown this. {@code false}: it is done already. */
    boolean promiseFailure(Throwable thrown) {
        if (!claimByHand(true)) return false;
        whenCancelled = null;
        return settle(FAILED, TaskFailure.threw(thrown));
    }

    @Override
    public @Nullable Wait dependsOn() {
        return parts;
    }

    @Override
    void cancelledByHand() {
        Runnable completer = whenCancelled;
        whenCancelled = null;
        if (completer != null) completer.run();
    }
}

package dev.pando.micrometer;

import dev.pando.PoolView;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long the queue of a pool is, and how much room it has. What waits there stays the pool's, and is not shown. */
final class QueueView extends AbstractQueue<Runnable> implements BlockingQueue<Runnable> {
    private final PoolView view;

    QueueView(PoolView view) {
        this.view = view;
    }

    @Override
    public int size() {
        return view.stats().queued();
    }

    /** Returns how many more tasks may wait: none where tasks of the pool itself came in beyond the bound. */
    @Override
    public int remainingCapacity() {
        return Math.max(0, view.queueBound() - size());
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    private UnsupportedOperationException refusal() {
        return new UnsupportedOperationException(
                "the tasks of pool " + view.stats().name()
                        + " stay with it: this queue has a length and room, and Pool.view().waiting lists what waits");
    }

    @Override
    public Iterator<Runnable> iterator() {
        throw refusal();
    }

    @Override
    public boolean contains(@Nullable Object task) {
        throw refusal();
    }

    @Override
    public boolean remove(@Nullable Object task) {
        throw refusal();
    }

    @Override
    public void clear() {
        throw refusal();
    }

    @Override
    public boolean offer(Runnable task) {
        throw refusal();
    }

    @Override
    public boolean offer(Runnable task, long timeout, TimeUnit unit) {
        throw refusal();
    }

    @Override
    public void put(Runnable task) {
        throw refusal();
    }

    @Override
    public Runnable take() {
        throw refusal();
    }

    @Override
    public Runnable poll() {
        throw refusal();
    }

    @Override
    public Runnable poll(long timeout, TimeUnit unit) {
        throw refusal();
    }

    @Override
    public Runnable peek() {
        throw refusal();
    }

    @Override
    public int drainTo(Collection<? super Runnable> target) {
        throw refusal();
    }

    @Override
    public int drainTo(Collection<? super Runnable> target, int most) {
        throw refusal();
    }

    @Override
    public String toString() {
        return size() + " tasks wait, and there is room for " + remainingCapacity();
    }
}

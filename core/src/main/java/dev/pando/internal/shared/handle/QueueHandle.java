package dev.pando.internal.shared.handle;

import dev.pando.internal.shared.CallAnswer;
import dev.pando.internal.shared.QueueCalls;
import dev.pando.internal.shared.SharedLinks;
import dev.pando.internal.shared.SharedOperation;
import dev.pando.internal.util.Checks;
import dev.pando.shared.SharedClosedException;
import dev.pando.shared.SharedLease;
import dev.pando.shared.SharedQueue;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A queue by its number and tag. */
record QueueHandle<T>(long number, long tag) implements SharedQueue<T> {

    @Override
    public void put(T item) throws InterruptedException {
        var _ = offer(item, Long.MAX_VALUE);
    }

    @Override
    public boolean offer(T item) {
        try {
            return offer(item, 0);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public boolean offer(T item, Duration patience) throws InterruptedException {
        return offer(item, Checks.notNegative(patience, "patience"));
    }

    private boolean offer(T item, long nanos) throws InterruptedException {
        return QueueCalls.put(number, tag, nanos, Checks.present(item, "item"));
    }

    @Override
    public void putAll(Collection<? extends T> items) throws InterruptedException {
        Object[] all = items.toArray();
        for (Object item : all) {
            Checks.present(item, "item");
        }
        if (all.length > 0) {
            SharedLinks.call(number, tag, SharedOperation.PUT, Long.MAX_VALUE, 0, 0, all);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // of this type they were put in
    public List<T> takeSome(int most) throws InterruptedException {
        Checks.positive(most, "most");
        return (List<T>) SharedLinks.call(number, tag, SharedOperation.TAKE, Long.MAX_VALUE, most, 0)
                .items();
    }

    @Override
    public T take() throws InterruptedException {
        return Objects.requireNonNull(take(Long.MAX_VALUE));
    }

    @Override
    public @Nullable T poll() {
        try {
            return poll(0);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public @Nullable T poll(Duration patience) throws InterruptedException {
        return poll(Checks.notNegative(patience, "patience"));
    }

    private @Nullable T poll(long nanos) throws InterruptedException {
        try {
            return take(nanos);
        } catch (SharedClosedException ended) {
            return null;
        }
    }

    @SuppressWarnings("unchecked") // of this type it was put in
    private @Nullable T take(long nanos) throws InterruptedException {
        return (T) QueueCalls.take(number, tag, nanos);
    }

    @Override
    public SharedLease<T> takeAcknowledged() throws InterruptedException {
        CallAnswer answer = SharedLinks.call(number, tag, SharedOperation.LEASE, Long.MAX_VALUE, 0, 0);
        return new QueueLease<>(this, answer.amount(), answer.item());
    }

    /** An item on loan, by the number of the loan. It does not travel: the loan is the task's. */
    private record QueueLease<T>(QueueHandle<T> queue, long loan, T item) implements SharedLease<T> {

        @Override
        public boolean done() {
            return SharedLinks.ask(queue.number, queue.tag, SharedOperation.LEASE_DONE, loan, 0)
                    .isDone();
        }

        @Override
        public void close() {
            try {
                SharedLinks.ask(queue.number, queue.tag, SharedOperation.LEASE_BACK, loan, 0);
            } catch (SharedClosedException gone) {
                // it was the last item, and is done
            }
        }
    }

    @Override
    public Iterator<T> iterator() {
        return new QueueIterator<>(this);
    }

    /** Takes one item ahead when it is asked whether there is one. */
    private static final class QueueIterator<T> implements Iterator<T> {
        private final QueueHandle<T> queue;
        private @Nullable T ahead;

        QueueIterator(QueueHandle<T> queue) {
            this.queue = queue;
        }

        @Override
        public boolean hasNext() {
            if (ahead != null) {
                return true;
            }
            try {
                ahead = queue.take();
                return true;
            } catch (SharedClosedException ended) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while waiting for the next item of a shared queue");
            }
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            T next = ahead;
            ahead = null;
            if (next == null) {
                throw new NoSuchElementException();
            }
            return next;
        }
    }

    @Override
    public int size() {
        return (int)
                SharedLinks.ask(number, tag, SharedOperation.QUEUE_SIZE, 0, 0).amount();
    }

    @Override
    public void close() {
        ConstructEnd.end(number, tag, SharedOperation.END_INPUT);
    }
}

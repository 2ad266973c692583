package dev.pando.internal.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.Sink;
import dev.pando.internal.util.Checks;
import dev.pando.shared.SharedClosedException;
import dev.pando.shared.SharedQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends results in batches: to send one costs a message, and a message with a hundred costs about the same. The first
 * result goes at once; results that follow sooner than {@link #LINGER_NANOS} wait for each other, at most so long, and
 * a thread sends them when the task sends no more.
 */
final class BatchSink<R> implements Sink<R> {
    /** How many results make a batch that is sent at once. */
    static final int MOST = 256;

    /** How long a result may wait for others: a few times what a message takes. */
    private static final long LINGER_NANOS = 500_000;

    private final SharedQueue<List<R>> batches;

    /** Held while a batch is put in, so that batches keep their order. */
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private List<R> batch = new ArrayList<>();

    @GuardedBy("lock")
    private long sentAt = System.nanoTime() - LINGER_NANOS;

    @GuardedBy("lock")
    private boolean finished;

    @GuardedBy("lock")
    private @Nullable Thread flusher;

    BatchSink(SharedQueue<List<R>> batches) {
        this.batches = batches;
    }

    @Override
    public void send(R result) throws InterruptedException {
        Checks.present(result, "result");
        lock.lockInterruptibly();
        try {
            if (finished) {
                throw new IllegalStateException("the task of this sink has ended");
            }
            batch.add(result);
            if (batch.size() >= MOST || System.nanoTime() - sentAt >= LINGER_NANOS) {
                putBatch();
            } else if (flusher == null) {
                flusher = Thread.ofPlatform().daemon().name("pando-sink").start(this::flushLate);
            } else if (batch.size() == 1) {
                LockSupport.unpark(flusher);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!batch.isEmpty()) {
                putBatch();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends what is left. */
    void finish() throws InterruptedException {
        boolean interrupted = Thread.interrupted(); // the results came before whatever that means
        lock.lock();
        try {
            finished = true;
            if (!batch.isEmpty()) {
                putBatch();
            }
            LockSupport.unpark(flusher);
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @GuardedBy("lock")
    private void putBatch() throws InterruptedException {
        List<R> full = batch;
        batch = new ArrayList<>(Math.min(MOST, 2 * full.size()));
        try {
            batches.put(full);
        } catch (SharedClosedException closed) {
            finished = true;
            throw new CancellationException("the stream of this task was closed");
        }
        sentAt = System.nanoTime();
    }

    /** Sends the results that wait for others which do not come, until the task has ended. */
    private void flushLate() {
        while (true) {
            boolean waits;
            lock.lock();
            try {
                if (finished) {
                    return;
                }
                waits = !batch.isEmpty();
                if (waits && System.nanoTime() - sentAt >= LINGER_NANOS) {
                    putBatch();
                    waits = false;
                }
            } catch (InterruptedException | RuntimeException ended) {
                return; // the task hears it when it sends
            } finally {
                lock.unlock();
            }
            if (waits) {
                LockSupport.parkNanos(this, LINGER_NANOS);
            } else {
                LockSupport.park(this);
            }
        }
    }
}

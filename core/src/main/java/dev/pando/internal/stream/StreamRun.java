package dev.pando.internal.stream;

import dev.pando.StreamTask;
import dev.pando.TaskFuture;
import dev.pando.internal.pool.PoolCore;
import dev.pando.internal.shared.handle.SharedSpaceImpl;
import dev.pando.internal.task.TaskOptions;
import dev.pando.shared.SharedClosedException;
import dev.pando.shared.SharedQueue;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The results of one task with many, as their reader sees them. Used by the thread that reads the stream. */
public final class StreamRun<A extends @Nullable Object, R> implements Iterator<R> {
    /** How many batches may be unread. */
    private static final int UNREAD_BATCHES = 4;

    private final PoolCore core;
    private final TaskOptions options;
    private final StreamTask<A, R> task;
    private final A input;
    private @Nullable SharedQueue<List<R>> batches;
    private @Nullable TaskFuture<?> future;
    private Iterator<R> batch = List.<R>of().iterator();
    private boolean ended;

    private StreamRun(PoolCore core, TaskOptions options, StreamTask<A, R> task, A input) {
        this.core = core;
        this.options = options.withRetries(0);
        this.task = task;
        this.input = input;
    }

    /** Returns the stream, of which nothing has begun. */
    public static <A extends @Nullable Object, R> Stream<R> of(
            PoolCore core, TaskOptions options, StreamTask<A, R> task, A input) {
        core.services().shared(); // says at once where tasks cannot share
        StreamRun<A, R> run = new StreamRun<>(core, options, task, input);
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(run, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(run::close);
    }

    @Override
    public boolean hasNext() {
        while (!batch.hasNext() && !ended) {
            fill();
        }
        return batch.hasNext();
    }

    @Override
    public R next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return batch.next();
    }

    private void fill() {
        SharedQueue<List<R>> queue = batches == null ? begin() : batches;
        try {
            batch = queue.take().iterator();
        } catch (SharedClosedException over) {
            ended = true;
            TaskFuture<?> finished = future;
            if (finished != null) {
                finished.result(); // throws what the task threw, after its results
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for the next result of a stream");
        }
    }

    private SharedQueue<List<R>> begin() {
        // a task that runs on the reader's thread has ended before anything is read: nothing must hold it up
        int capacity = core.services().runsOnCaller() ? Integer.MAX_VALUE : UNREAD_BATCHES;
        SharedQueue<List<R>> queue =
                SharedSpaceImpl.of(core.services().shared()).queue(capacity);
        batches = queue;
        try {
            TaskFuture<?> begun = core.intake().<@Nullable Void>accept(options, new StreamWork<>(task, input, queue));
            future = begun;
            var _ = begun.onDone(done -> queue.close());
        } catch (Throwable t) {
            ended = true;
            queue.close();
            throw t;
        }
        return queue;
    }

    /** Stops the task, if it goes on; what was not read is gone. */
    private void close() {
        ended = true;
        TaskFuture<?> begun = future;
        SharedQueue<List<R>> queue = batches;
        if (begun != null && queue != null) {
            begun.cancel(true);
            queue.close();
            for (List<R> unread = queue.poll(); unread != null; unread = queue.poll()) {
                unread.clear(); // so that the queue has ended, and keeps nothing
            }
        }
    }
}

package dev.pando.internal.stream;

import dev.pando.StreamTask;
import dev.pando.Task;
import dev.pando.shared.SharedQueue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task with many results, as it travels. What it has sent arrives before its end, however it ends. */
record StreamWork<A extends @Nullable Object, R>(StreamTask<A, R> task, A input, SharedQueue<List<R>> batches)
        implements Task<@Nullable Void> {

    @Override
    public @Nullable Void call() throws Exception {
        BatchSink<R> sink = new BatchSink<>(batches);
        try {
            task.run(input, sink);
        } finally {
            sink.finish();
        }
        return null;
    }
}

package dev.pando.internal.map;

import dev.pando.Fn;
import dev.pando.Mapping;
import dev.pando.Progress;
import dev.pando.internal.pool.PoolCore;
import dev.pando.internal.task.TaskOptions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a map is to go: what runs, where, and the choices of {@link Mapping}.
 *
 * @param core the pool, to which every chunk is submitted
 * @param chunk 0: chosen by measurement
 * @param window 0: enough to keep the workers busy
 * @param totalNanos {@link Long#MAX_VALUE}: no limit
 * @param stopAtFailure whether the first failure ends the map
 * @param atMostOnce whether no element may run twice, not even if its result was lost with its worker
 */
record MapOptions<A extends @Nullable Object>(
        PoolCore core,
        TaskOptions options,
        Fn<A, ?> fn,
        boolean ordered,
        int chunk,
        int window,
        long totalNanos,
        @Nullable Progress progress,
        boolean stopAtFailure,
        boolean atMostOnce) {

    /**
     * Workers that a map keeps busy at most: it has one reader, which cannot open the chunks of more, and each chunk
     * holds memory.
     */
    private static final int WIDEST = 256;

    static <A extends @Nullable Object> MapOptions<A> of(PoolCore core, TaskOptions options, Fn<A, ?> fn) {
        return new MapOptions<>(core, options, fn, true, 0, 0, Long.MAX_VALUE, null, true, false);
    }

    /** The choices, to be changed one at a time. Used by one thread, between two routes. */
    static final class Draft<A extends @Nullable Object> {
        boolean ordered;
        int chunk;
        int window;
        long totalNanos;

        @Nullable
        Progress progress;

        boolean stopAtFailure;
        boolean atMostOnce;

        private Draft(MapOptions<A> from) {
            ordered = from.ordered;
            chunk = from.chunk;
            window = from.window;
            totalNanos = from.totalNanos;
            progress = from.progress;
            stopAtFailure = from.stopAtFailure;
            atMostOnce = from.atMostOnce;
        }
    }

    /** Returns this route with a change. */
    MapOptions<A> with(Consumer<Draft<A>> change) {
        Draft<A> draft = new Draft<>(this);
        change.accept(draft);
        return new MapOptions<>(
                core,
                options,
                fn,
                draft.ordered,
                draft.chunk,
                draft.window,
                draft.totalNanos,
                draft.progress,
                draft.stopAtFailure,
                draft.atMostOnce);
    }

    /** How many workers to keep busy. */
    int width() {
        return Math.min(core.width(), WIDEST);
    }

    /** How many chunks may be under way: one being run and one at hand for each worker, and a little. */
    int chunks() {
        return 2 * width() + 2;
    }
}

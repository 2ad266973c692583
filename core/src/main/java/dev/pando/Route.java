package dev.pando;

import org.jspecify.annotations.Nullable;

/**
 * How a map is to go: what runs, where, and the choices of {@link Mapping}.
 *
 * @param chunk 0: chosen by measurement
 * @param window 0: enough to keep the workers busy
 * @param totalNanos {@link Long#MAX_VALUE}: no limit
 * @param stopAtFailure whether the first failure ends the map
 */
record Route<A extends @Nullable Object>(
        PoolCore core,
        Terms terms,
        Fn<A, ?> fn,
        boolean ordered,
        int chunk,
        int window,
        long totalNanos,
        @Nullable Progress progress,
        boolean stopAtFailure) {

    /** Beyond this a wider pool gains nothing from having more chunks at hand. */
    private static final int WIDE = 256;

    static <A extends @Nullable Object> Route<A> of(PoolCore core, Terms terms, Fn<A, ?> fn) {
        return new Route<>(core, terms, fn, true, 0, 0, Long.MAX_VALUE, null, true);
    }

    Route<A> unordered() {
        return new Route<>(core, terms, fn, false, chunk, window, totalNanos, progress, stopAtFailure);
    }

    Route<A> chunk(int size) {
        return new Route<>(core, terms, fn, ordered, size, window, totalNanos, progress, stopAtFailure);
    }

    Route<A> window(int size) {
        return new Route<>(core, terms, fn, ordered, chunk, size, totalNanos, progress, stopAtFailure);
    }

    Route<A> total(long nanos) {
        return new Route<>(core, terms, fn, ordered, chunk, window, nanos, progress, stopAtFailure);
    }

    Route<A> progress(Progress told) {
        return new Route<>(core, terms, fn, ordered, chunk, window, totalNanos, told, stopAtFailure);
    }

    Route<A> keepGoing() {
        return new Route<>(core, terms, fn, ordered, chunk, window, totalNanos, progress, false);
    }

    /** How many workers to keep busy. */
    int width() {
        return Math.min(core.width(), WIDE);
    }

    /** How many chunks may be under way: one being run and one at hand for each worker, and a little. */
    int chunks() {
        return 2 * width() + 2;
    }
}

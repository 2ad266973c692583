package dev.pando.internal.map;

import dev.pando.Outcome;
import dev.pando.internal.util.Rethrow;
import java.util.Iterator;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Gatherer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A map as a source of results: each time one is asked for, pulls from the inputs what there is room for. Begins with
 * the first question, so that a stream which is never read starts nothing.
 *
 * <p>A stream tells only its gatherers that no more is wanted of it. So this is a gatherer, over a source that says
 * nothing but "go on": one tick, one result.
 */
final class MapStream<T extends @Nullable Object> {
    private static final Object TICK = new Object();
    /**
     * Inputs pulled at each step although results are ready. More than one, so that what is under way grows while
     * results are read.
     */
    private static final int INPUTS_PER_STEP = 2;

    private final MapOptions<?> options;
    private final Supplier<? extends Iterator<?>> source;

    /** How many inputs there will be, as far as the source knows; -1: it does not. Asked after the source is read. */
    private final LongSupplier expected;

    private final Delivery<T> delivery;
    private @Nullable MapRun run;
    private boolean closed;

    /** {@code null} before the first question, and after the last input. */
    private @Nullable Iterator<?> inputs;

    private @Nullable Throwable sourceFailure;

    MapStream(
            MapOptions<?> options,
            Supplier<? extends Iterator<?>> source,
            LongSupplier expected,
            Delivery<T> delivery) {
        this.options = options;
        this.source = source;
        this.expected = expected;
        this.delivery = delivery;
    }

    Stream<T> stream() {
        return Stream.iterate(TICK, tick -> tick)
                .gather(Gatherer.<Object, T>ofSequential((state, tick, downstream) -> step(downstream)))
                .onClose(this::close);
    }

    /** Delivers one result. Returns false if there are no more, or no more are wanted, and nothing is under way. */
    private boolean step(Gatherer.Downstream<? super T> downstream) {
        if (closed) {
            return false;
        }
        MapRun belt = run;
        if (belt == null) {
            inputs = source.get();
            run = belt = new MapRun(options, expected.getAsLong());
        }
        MapRun running = belt;
        return running.closingOnFailure(() -> {
            fill(running);
            if (running.isEmpty()) {
                if (sourceFailure != null) {
                    throw Rethrow.asIs(sourceFailure);
                }
                return false;
            }
            Outcome<?> next = running.take();
            return downstream.push(delivery.open(next, running.position())) || running.stop();
        });
    }

    /**
     * Pulls while there is room and no result is ready; and always {@link #INPUTS_PER_STEP}, so that workers are kept
     * busy while a slow reader has results at hand. A failure of the source is kept until the results before it are
     * delivered.
     */
    private void fill(MapRun running) {
        try {
            int pulled = 0;
            Iterator<?> from = inputs;
            while (from != null && running.hasRoom() && (pulled < INPUTS_PER_STEP || !running.hasReady())) {
                if (from.hasNext()) {
                    running.put(from.next());
                } else {
                    inputs = from = null;
                }
                pulled++;
            }
            if (from == null) {
                running.flush();
            }
        } catch (Throwable t) {
            inputs = null;
            sourceFailure = t;
        }
    }

    private void close() {
        closed = true;
        if (run != null) {
            run.close();
        }
    }
}

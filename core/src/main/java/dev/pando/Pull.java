package dev.pando;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A map as a source of results: each time one is asked for, pulls from the inputs what there is room for. Begins with
 * the first question, so that a stream which is never read starts nothing.
 */
final class Pull<T extends @Nullable Object> implements Spliterator<T> {
    private static final int A_LITTLE = 2;

    private final Route<?> route;
    private final Supplier<? extends Iterator<?>> source;
    private final Function<Outcome<?>, T> open;

    /** {@code null} before the first question, and after the last input. */
    private @Nullable Iterator<?> inputs;

    private @Nullable Throwable sourceFailure;
    private @Nullable Conveyor conveyor;
    private boolean closed;

    Pull(Route<?> route, Supplier<? extends Iterator<?>> source, Function<Outcome<?>, T> open) {
        this.route = route;
        this.source = source;
        this.open = open;
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        if (closed) return false;
        Conveyor belt = conveyor;
        if (belt == null) {
            inputs = source.get();
            conveyor = belt = new Conveyor(route);
        }
        Conveyor running = belt;
        return running.closingOnFailure(() -> {
            fill(running);
            if (running.isEmpty()) {
                if (sourceFailure != null) throw Rethrow.asIs(sourceFailure);
                return false;
            }
            action.accept(open.apply(running.take()));
            return true;
        });
    }

    /**
     * Pulls while there is room and nothing is ready to be delivered; and always a little, so that workers are kept busy
     * while a slow reader has results at hand. What the source throws is kept until its turn has come.
     */
    private void fill(Conveyor running) {
        try {
            int pulled = 0;
            Iterator<?> from = inputs;
            while (from != null && running.hasRoom() && (pulled < A_LITTLE || !running.hasReady())) {
                if (from.hasNext()) running.put(from.next());
                else inputs = from = null;
                pulled++;
            }
            if (from == null) running.flush();
        } catch (Throwable t) {
            inputs = null;
            sourceFailure = t;
        }
    }

    void close() {
        closed = true;
        if (conveyor != null) conveyor.stop();
    }

    @Override
    public @Nullable Spliterator<T> trySplit() {
        return null;
    }

    @Override
    public long estimateSize() {
        return Long.MAX_VALUE;
    }

    @Override
    public int characteristics() {
        return route.ordered() ? ORDERED : 0;
    }
}

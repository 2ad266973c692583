package dev.pando.internal.map;

import dev.pando.Fn;
import dev.pando.Mapping;
import dev.pando.Outcome;
import dev.pando.Progress;
import dev.pando.internal.pool.PoolCore;
import dev.pando.internal.task.FailureTable;
import dev.pando.internal.task.TaskOptions;
import dev.pando.internal.util.Checks;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Mapping} as a {@link MapOptions} and what to make of each outcome. Read through {@link #over} it is a
 * {@link MapStream}, which asks for inputs; as a gatherer it is pushed its inputs, and drives its {@link MapRun}
 * itself.
 */
public final class MappingImpl<A extends @Nullable Object, T extends @Nullable Object> implements Mapping<A, T> {
    /** In the place of the number of inputs. */
    private static final long UNKNOWN = -1;

    private final MapOptions<A> options;
    private final Delivery<T> delivery;

    private MappingImpl(MapOptions<A> options, Delivery<T> delivery) {
        this.options = options;
        this.delivery = delivery;
    }

    @SuppressWarnings("unchecked")
    public // what a route of fn delivers is what fn returned
    static <A extends @Nullable Object, T extends @Nullable Object> MappingImpl<A, T> of(
            PoolCore core, TaskOptions options, Fn<A, T> fn) {
        return new MappingImpl<>(MapOptions.of(core, options, fn), (outcome, position) -> switch (outcome) {
            case Outcome.Success<?>(Object value) -> (T) value;
            case Outcome.Cancelled<?>() ->
                throw new CancellationException(options.name() + ": element " + position + " was cancelled");
            case Outcome.Failure<?>(Throwable error) ->
                throw FailureTable.unchecked(error, options.name() + ": element " + position);
        });
    }

    private Mapping<A, T> with(Consumer<MapOptions.Draft<A>> change) {
        return new MappingImpl<>(options.with(change), delivery);
    }

    @Override
    public Mapping<A, T> unordered() {
        return with(draft -> draft.ordered = false);
    }

    @Override
    public Mapping<A, T> chunk(int size) {
        int elements = Checks.positive(size, "size");
        return with(draft -> draft.chunk = elements);
    }

    @Override
    public Mapping<A, T> window(int size) {
        int elements = Checks.positive(size, "size");
        return with(draft -> draft.window = elements);
    }

    @Override
    public Mapping<A, T> timeout(Duration total) {
        long nanos = Checks.positive(total, "total");
        return with(draft -> draft.totalNanos = nanos);
    }

    @Override
    public Mapping<A, T> progress(Progress progress) {
        Progress listener = Checks.present(progress, "progress");
        return with(draft -> draft.progress = listener);
    }

    @Override
    public Mapping<A, T> atMostOnce() {
        return with(draft -> draft.atMostOnce = true);
    }

    @Override
    @SuppressWarnings("unchecked") // the outcome of an element is the outcome of what fn returned
    public Mapping<A, Outcome<T>> outcomes() {
        return new MappingImpl<>(
                options.with(draft -> draft.stopAtFailure = false), (outcome, position) -> (Outcome<T>) outcome);
    }

    @Override
    public Stream<T> over(Iterable<? extends A> inputs) {
        Checks.present(inputs, "inputs");
        return pulled(inputs::iterator, () -> inputs instanceof Collection<?> sized ? sized.size() : UNKNOWN, () -> {});
    }

    @Override
    public Stream<T> over(Stream<? extends A> inputs) {
        Checks.present(inputs, "inputs");
        AtomicLong size = new AtomicLong(UNKNOWN);
        return pulled(
                () -> {
                    Spliterator<? extends A> elements = inputs.spliterator();
                    size.set(elements.getExactSizeIfKnown());
                    return Spliterators.iterator(elements);
                },
                size::get,
                inputs::close);
    }

    private Stream<T> pulled(Supplier<Iterator<? extends A>> source, LongSupplier expected, Runnable closeSource) {
        return new MapStream<>(options, source, expected, delivery).stream().onClose(closeSource);
    }

    private T next(MapRun run) {
        Outcome<?> outcome = run.take();
        return delivery.open(outcome, run.position());
    }

    @Override
    public Supplier<Object> initializer() {
        return () -> new MapRun(options, UNKNOWN);
    }

    @Override
    public Integrator<Object, A, T> integrator() {
        return (state, input, downstream) -> {
            MapRun run = (MapRun) state;
            return run.closingOnFailure(() -> {
                while (!run.hasRoom()) {
                    if (!downstream.push(next(run))) {
                        return run.stop();
                    }
                }
                run.put(input);
                while (run.hasReady()) {
                    if (!downstream.push(next(run))) {
                        return run.stop();
                    }
                }
                return true;
            });
        };
    }

    @Override
    public BiConsumer<Object, Downstream<? super T>> finisher() {
        return (state, downstream) -> {
            MapRun run = (MapRun) state;
            run.closingOnFailure(() -> {
                run.flush();
                while (!run.isEmpty()) {
                    if (!downstream.push(next(run))) {
                        return run.stop();
                    }
                }
                return false;
            });
        };
    }
}

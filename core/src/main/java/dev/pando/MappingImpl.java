package dev.pando;

import dev.pando.internal.util.Checks;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Mapping} as a {@link Route} and what to make of each outcome. Read through {@link #over} it is a {@link Pull},
 * which asks for inputs; as a gatherer it is pushed its inputs, and drives its {@link Conveyor} itself.
 */
final class MappingImpl<A extends @Nullable Object, T extends @Nullable Object> implements Mapping<A, T> {
    private final Route<A> route;
    private final Opening<T> opening;

    private MappingImpl(Route<A> route, Opening<T> opening) {
        this.route = route;
        this.opening = opening;
    }

    @SuppressWarnings("unchecked") // what a route of fn delivers is what fn returned
    static <A extends @Nullable Object, T extends @Nullable Object> MappingImpl<A, T> of(
            PoolCore core, Terms terms, Fn<A, T> fn) {
        return new MappingImpl<>(Route.of(core, terms, fn), (outcome, position) -> switch (outcome) {
            case Outcome.Success<?>(Object value) -> (T) value;
            case Outcome.Cancelled<?>() -> throw new CancellationException(
                    terms.name() + ": element " + position + " was cancelled");
            case Outcome.Failure<?>(Throwable error) -> throw Failures.unchecked(error, terms.name() + ": element " + position);
        });
    }

    private Mapping<A, T> with(Consumer<Route.Draft<A>> change) {
        return new MappingImpl<>(route.with(change), opening);
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
    @SuppressWarnings("unchecked") // the outcome of an element is the outcome of what fn returned
    public Mapping<A, Outcome<T>> outcomes() {
        return new MappingImpl<>(route.with(draft -> draft.stopAtFailure = false), (outcome, position) -> (Outcome<T>) outcome);
    }

    @Override
    public Stream<T> over(Iterable<? extends A> inputs) {
        Checks.present(inputs, "inputs");
        return pulled(inputs::iterator, () -> {});
    }

    @Override
    public Stream<T> over(Stream<? extends A> inputs) {
        Checks.present(inputs, "inputs");
        return pulled(inputs::iterator, inputs::close);
    }

    private Stream<T> pulled(Supplier<Iterator<? extends A>> source, Runnable closeSource) {
        return new Pull<>(route, source, opening).stream().onClose(closeSource);
    }

    private T next(Conveyor conveyor) {
        Outcome<?> outcome = conveyor.take();
        return opening.open(outcome, conveyor.position());
    }

    @Override
    public Supplier<Object> initializer() {
        return () -> new Conveyor(route);
    }

    @Override
    public Integrator<Object, A, T> integrator() {
        return (state, input, downstream) -> {
            Conveyor conveyor = (Conveyor) state;
            return conveyor.closingOnFailure(() -> {
                while (!conveyor.hasRoom()) if (!downstream.push(next(conveyor))) return conveyor.stop();
                conveyor.put(input);
                while (conveyor.hasReady()) if (!downstream.push(next(conveyor))) return conveyor.stop();
                return true;
            });
        };
    }

    @Override
    public BiConsumer<Object, Downstream<? super T>> finisher() {
        return (state, downstream) -> {
            Conveyor conveyor = (Conveyor) state;
            conveyor.closingOnFailure(() -> {
                conveyor.flush();
                while (!conveyor.isEmpty()) if (!downstream.push(next(conveyor))) return conveyor.stop();
                return true;
            });
        };
    }
}

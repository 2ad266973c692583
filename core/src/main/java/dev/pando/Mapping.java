package dev.pando;

import dev.pando.internal.util.Checks;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Gatherer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A function mapped over a stream by a pool: {@code stream.gather(pool.mapping(fn))}, or {@code pool.mapping(fn)
 * .over(inputs)}, which is what {@link Pool#map} does. Immutable: each choice makes another mapping.
 *
 * <p>What may surprise: as a gatherer it is pushed its inputs, so it cannot know that a source has thrown, and tasks then
 * under way run to their end. {@link #over} pulls, sees it, and cancels them.
 */
public final class Mapping<A extends @Nullable Object, T extends @Nullable Object>
        implements Gatherer<A, Object, T> {
    private final Route<?> route;
    private final Opening<T> opening;

    private Mapping(Route<?> route, Opening<T> opening) {
        this.route = route;
        this.opening = opening;
    }

    @SuppressWarnings("unchecked") // what a route of fn delivers is what fn returned
    static <A extends @Nullable Object, T extends @Nullable Object> Mapping<A, T> of(
            PoolCore core, Terms terms, Fn<A, T> fn) {
        return new Mapping<>(Route.of(core, terms, fn), (outcome, position) -> switch (outcome) {
            case Outcome.Success<?>(Object value) -> (T) value;
            case Outcome.Cancelled<?>() -> throw new CancellationException(
                    terms.name() + ": element " + position + " was cancelled");
            case Outcome.Failure<?>(Throwable error) -> throw Failures.unchecked(error, terms.name() + ": element " + position);
        });
    }

    private Mapping<A, T> with(Route<?> changed) {
        return new Mapping<>(changed, opening);
    }

    /** Delivers results as they come instead of in the order of the inputs. */
    public Mapping<A, T> unordered() {
        return with(route.unordered());
    }

    /** Sends so many elements to a worker at once. Left out, it is chosen by how long they take. */
    public Mapping<A, T> chunk(int size) {
        return with(route.chunk(Checks.positive(size, "size")));
    }

    /** Pulls at most so many elements ahead of what was delivered. */
    public Mapping<A, T> window(int size) {
        return with(route.window(Checks.positive(size, "size")));
    }

    /** Allows the whole map so long, counted from when it is first read. What is ready by then is still delivered. */
    public Mapping<A, T> timeout(Duration total) {
        return with(route.total(Checks.positive(total, "total")));
    }

    /** Tells how it gets on. */
    public Mapping<A, T> progress(Progress progress) {
        return with(route.progress(Checks.present(progress, "progress")));
    }

    /** Delivers an {@link Outcome} for every element, and throws for none. */
    @SuppressWarnings("unchecked") // the outcome of an element is the outcome of what fn returned
    public Mapping<A, Outcome<T>> outcomes() {
        return new Mapping<>(route.keepGoing(), (outcome, position) -> (Outcome<T>) outcome);
    }

    /** Maps over these; see {@link Submitter#map(Fn, Iterable)}. */
    public Stream<T> over(Iterable<? extends A> inputs) {
        Checks.present(inputs, "inputs");
        return pulled(inputs::iterator, () -> {});
    }

    /** Maps over these; closing the result closes them. */
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

package dev.pando;

import dev.pando.internal.map.MappingImpl;
import java.time.Duration;
import java.util.stream.Gatherer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A function mapped over a stream by a pool: {@code stream.gather(pool.mapping(fn))}, or {@code pool.mapping(fn)
 * .over(inputs)}, which is what {@link Pool#map} does. Immutable: each choice makes another mapping. Where the compiler
 * does not understand {@code pool.mapping(x -> f(x)).outcomes()}, write {@code pool.mapping(x -> f(x), m ->
 * m.outcomes())}.
 *
 * <p>What may surprise: as a gatherer it is pushed its inputs, so it cannot know that a source has thrown, and tasks
 * then under way run to their end. {@link #over} pulls, sees it, and cancels them.
 */
public sealed interface Mapping<A extends @Nullable Object, T extends @Nullable Object> extends Gatherer<A, Object, T>
        permits MappingImpl {

    /** Delivers results as they come instead of in the order of the inputs. */
    Mapping<A, T> unordered();

    /**
     * Sends so many elements to a worker at once. Left out, it is chosen by how long they take.
     *
     * @throws IllegalArgumentException the size is zero or negative
     */
    Mapping<A, T> chunk(int size);

    /**
     * Pulls at most so many elements ahead of what was delivered.
     *
     * @throws IllegalArgumentException the size is zero or negative
     */
    Mapping<A, T> window(int size);

    /**
     * Allows the whole map so long, counted from when it is first read. What is ready by then is still delivered; then
     * the stream throws {@link DeadlineExceededException}.
     *
     * @throws IllegalArgumentException the time is zero or negative
     */
    Mapping<A, T> timeout(Duration total);

    /** Tells how it gets on. */
    Mapping<A, T> progress(Progress progress);

    /**
     * Runs no element twice. If a worker dies, the elements before the one that it died of have run, and their results
     * are lost with it: left out, they run again, and only the one is lost; with this they are lost as well.
     */
    Mapping<A, T> atMostOnce();

    /** Delivers an {@link Outcome} for every element, and throws for none. */
    Mapping<A, Outcome<T>> outcomes();

    /** Maps over these; see {@link Submitter#map(Fn, Iterable)}. */
    Stream<T> over(Iterable<? extends A> inputs);

    /** Maps over these; closing the result closes them. */
    Stream<T> over(Stream<? extends A> inputs);
}

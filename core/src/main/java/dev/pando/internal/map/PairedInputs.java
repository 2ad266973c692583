package dev.pando.internal.map;

import dev.pando.Fn;
import dev.pando.Fn2;
import java.io.Serializable;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Two inputs mapped side by side: pairs of them as the elements of one map. */
public final class PairedInputs {

    private PairedInputs() {}

    /** Returns a function of a pair that calls {@code fn} with its two halves. */
    public static <A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object>
            Fn<Pair<A, B>, T> spread(Fn2<A, B, T> fn) {
        return new Spread<>(fn);
    }

    /** Returns pairs until the shorter of the two ends. */
    public static <A extends @Nullable Object, B extends @Nullable Object> Iterable<Pair<A, B>> zip(
            Iterable<? extends A> first, Iterable<? extends B> second) {
        return () -> new Zip<>(first.iterator(), second.iterator());
    }

    record Pair<A extends @Nullable Object, B extends @Nullable Object>(A first, B second) implements Serializable {}

    private record Spread<A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object>(
            Fn2<A, B, T> fn) implements Fn<Pair<A, B>, T> {
        @Override
        public T apply(Pair<A, B> pair) throws Exception {
            return fn.apply(pair.first, pair.second);
        }
    }

    private record Zip<A extends @Nullable Object, B extends @Nullable Object>(
            Iterator<? extends A> first, Iterator<? extends B> second) implements Iterator<Pair<A, B>> {
        @Override
        public boolean hasNext() {
            return first.hasNext() && second.hasNext();
        }

        @Override
        public Pair<A, B> next() {
            return new Pair<>(first.next(), second.next());
        }
    }
}

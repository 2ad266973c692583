package dev.pando.internal.map;

import dev.pando.Outcome;
import org.jspecify.annotations.Nullable;

/** What a map delivers for an outcome: the value, or the outcome as it is. */
@FunctionalInterface
interface Delivery<T extends @Nullable Object> {

    /** Throws what the element threw, where that is wanted. {@code position}: which input it was, counted from 1. */
    T open(Outcome<?> outcome, long position);
}

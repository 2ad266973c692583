package dev.pando;

import java.util.Set;

/**
 * What a {@link Futures#wait} found: every distinct future is in exactly one of the two sets, in the order given.
 *
 * @param done the futures that were done, cancelled ones included
 * @param notDone the others
 */
public record WaitResult<T extends @org.jspecify.annotations.Nullable Object>(
        Set<TaskFuture<T>> done, Set<TaskFuture<T>> notDone) {}

package dev.pando;

import java.util.Set;

/** What a {@link Futures#wait} found: every distinct future is in exactly one of the two sets, in the order given. */
public record WaitResult<T extends @org.jspecify.annotations.Nullable Object>(
        Set<TaskFuture<T>> done, Set<TaskFuture<T>> notDone) {}

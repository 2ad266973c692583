package dev.pando.loop;

import dev.pando.Action;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A blocking call with a value, for {@link Loop#await(ValueCall)}. It is a {@link Callable} and an {@link Action}, and
 * so more specific than both: a reference to an overloaded method, as {@code process::waitFor}, would fit both, and the
 * compiler could not choose between them.
 */
@FunctionalInterface
public interface ValueCall<T extends @Nullable Object> extends Callable<T>, Action {

    /** Makes the call, and forgets the value. */
    @Override
    // an action is the call, for code that wants no value
    @SuppressWarnings("FunctionalInterfaceMethodChanged")
    default void perform() throws Exception {
        var _ = call();
    }
}

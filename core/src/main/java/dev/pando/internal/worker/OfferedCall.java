package dev.pando.internal.worker;

import dev.pando.Fn;
import org.jspecify.annotations.Nullable;

/**
 * What a program offers to the tasks of a pool, by a name.
 *
 * @param type what the argument must be
 */
public record OfferedCall(String name, Class<?> type, Fn<?, ?> handler) {

    /** Throws if this is no argument of what is offered. */
    public void checkArgument(@Nullable Object argument) {
        if (argument != null && !type.isInstance(argument)) {
            throw new IllegalArgumentException("the program offers " + name + " for a " + type.getName()
                    + ", and was given a " + argument.getClass().getName());
        }
    }

    /** Calls it. */
    @SuppressWarnings({"unchecked", "NullAway"}) // the argument was checked
    public @Nullable Object apply(@Nullable Object argument) throws Exception {
        return ((Fn<Object, Object>) handler).apply(argument);
    }
}

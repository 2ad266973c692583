package dev.pando.internal.worker;

import dev.pando.Fn;
import dev.pando.NotSendableException;
import dev.pando.spi.UnsendableException;
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

    /** Returns what the caller is told of a result that cannot travel. */
    public RuntimeException resultRefused(UnsendableException why) {
        return new NotSendableException(
                "the result of what the program offers as " + name + " " + why.getMessage(), why);
    }

    /** Calls it. */
    @SuppressWarnings({"unchecked", "NullAway"}) // the argument was checked
    public @Nullable Object apply(@Nullable Object argument) throws Exception {
        return ((Fn<Object, Object>) handler).apply(argument);
    }
}

package dev.pando.spi;

import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Work that consists of steps, each of which may cost the worker its life. An engine whose workers can die calls it
 * with a note to take before each step, and reports the last note with {@link Failure.Lost}, so that the other steps
 * can be done again.
 */
public interface SteppedTask<V extends @Nullable Object> extends Callable<V> {

    /**
     * Does the work.
     *
     * @param note called with the number of each step, from 0, just before the step
     * @throws Exception whatever the work throws
     */
    V call(IntConsumer note) throws Exception;

    /**
     * Returns what is wrong with an answer to this work, or null. An engine asks before it reports success, because a
     * worker that user code has taken over can answer with anything.
     */
    default @Nullable String faultOf(@Nullable Object answer) {
        return null;
    }

    @Override
    default V call() throws Exception {
        return call(step -> {});
    }
}

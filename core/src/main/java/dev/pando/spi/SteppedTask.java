package dev.pando.spi;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Work that consists of steps, each of which may cost the worker its life. An engine whose workers can die calls it
 * with notes to take before each step, and reports the last note with {@link Failure.Lost}, so that the other steps
 * can be done again.
 */
public interface SteppedTask<V extends @Nullable Object> extends Callable<V> {

    /**
     * Does the work.
     *
     * @param notes told of each step just before the step
     * @throws Exception whatever the work throws
     */
    V call(StepNotes notes) throws Exception;

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

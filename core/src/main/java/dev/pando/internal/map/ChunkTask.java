package dev.pando.internal.map;

import dev.pando.Fn;
import dev.pando.spi.StepNotes;
import dev.pando.spi.SteppedTask;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A chunk of a map, as it goes to a worker: the function and some neighbouring inputs. An element that throws is a
 * result like any other, so the other elements are still done. A chunk that turns out to be slow hands back what it has
 * not begun, so that idle workers can share it.
 */
@SuppressWarnings("ArrayRecordComponent") // it travels, and is never compared
record ChunkTask<A extends @Nullable Object, T extends @Nullable Object>(
        Fn<A, T> fn, @Nullable Object[] inputs, long budgetNanos, boolean stopAtFailure)
        implements SteppedTask<ChunkTask.Yield>, Serializable {

    /** What came of the first elements of a batch, and how long that took; the rest was not begun. */
    record Yield(@Nullable Object[] results, long nanos) implements Serializable {

        /** Says why the map must not open this, which a forging worker may have made; null if it may. */
        @SuppressWarnings("ConstantValue") // what was unpacked may hold null anywhere
        private @Nullable String faultFor(int asked) {
            if (results == null || nanos < 0) {
                return "no results for a chunk of a map";
            }
            if (results.length == 0 || results.length > asked) {
                return results.length + " results for " + asked + " elements of a map";
            }
            for (Object result : results) {
                if (result instanceof MapChunk.Mark
                        || (result instanceof ThrownResult failed && failed.thrown == null)) {
                    return "a result of a map that no element has";
                }
            }
            return null;
        }
    }

    /** In the place of a result: what the element threw. */
    record ThrownResult(Throwable thrown) implements Serializable {}

    @Override
    public @Nullable String faultOf(@Nullable Object answer) {
        if (!(answer instanceof Yield yield)) {
            return "an answer to a chunk of a map that is none";
        }
        return yield.faultFor(inputs.length);
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the inputs were put in by a map run over A
    public Yield call(StepNotes notes) {
        long begun = System.nanoTime();
        @Nullable Object[] results = new @Nullable Object[inputs.length];
        int done = 0;
        while (done < inputs.length) {
            notes.begin(done);
            try {
                results[done] = fn.apply((A) inputs[done]);
            } catch (Throwable t) {
                results[done] = new ThrownResult(t);
            }
            done++;
            boolean last = stopAtFailure && results[done - 1] instanceof ThrownResult;
            if (last || Thread.currentThread().isInterrupted() || notes.nanoTime() - begun > budgetNanos) {
                break;
            }
        }
        long nanos = System.nanoTime() - begun;
        return new Yield(done == inputs.length ? results : Arrays.copyOf(results, done), nanos);
    }
}

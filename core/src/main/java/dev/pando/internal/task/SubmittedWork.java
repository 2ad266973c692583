package dev.pando.internal.task;

import dev.pando.Action;
import dev.pando.ContextCarrier;
import dev.pando.Fn;
import dev.pando.Fn2;
import dev.pando.Task;
import dev.pando.spi.StepNotes;
import dev.pando.spi.SteppedTask;
import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The shapes in which work is handed in, each as a {@link Callable}; those that may travel are serialisable records.
 */
public final class SubmittedWork {

    private SubmittedWork() {}

    public record Call<A extends @Nullable Object, T extends @Nullable Object>(Fn<A, T> fn, A argument)
            implements Task<T> {
        @Override
        public T call() throws Exception {
            return fn.apply(argument);
        }
    }

    public record Call2<A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object>(
            Fn2<A, B, T> fn, A first, B second) implements Task<T> {
        @Override
        public T call() throws Exception {
            return fn.apply(first, second);
        }
    }

    public record Perform(Action action) implements Task<@Nullable Void> {
        @Override
        public @Nullable Void call() throws Exception {
            action.perform();
            return null;
        }
    }

    /** A runnable, and the value it stands for. Serialisable if they are. */
    public record RunnableWork<T extends @Nullable Object>(Runnable runnable, T value)
            implements Callable<T>, Serializable {
        @Override
        public T call() {
            runnable.run();
            return value;
        }
    }

    /**
     * A runnable without a future: what it throws goes to the thread's handler of uncaught exceptions, as
     * it would from any {@code Executor}, or it would vanish.
     */
    public record Execute(Runnable runnable) implements Callable<@Nullable Void>, Serializable {
        @Override
        public @Nullable Void call() {
            try {
                runnable.run();
            } catch (Throwable uncaught) {
                Thread worker = Thread.currentThread();
                worker.getUncaughtExceptionHandler().uncaughtException(worker, uncaught);
                throw uncaught;
            }
            return null;
        }
    }

    /** Returns the work inside the context in which it was submitted. Work in steps stays that. */
    public static <T extends @Nullable Object> Callable<T> within(ContextCarrier.Luggage luggage, Callable<T> body) {
        return body instanceof SteppedTask<T> steps ? new StepsWithin<>(luggage, steps) : new Within<>(luggage, body);
    }

    private record Within<T extends @Nullable Object>(ContextCarrier.Luggage luggage, Callable<T> body)
            implements Callable<T>, Serializable {
        @Override
        public T call() throws Exception {
            return luggage.around(body);
        }
    }

    private record StepsWithin<T extends @Nullable Object>(ContextCarrier.Luggage luggage, SteppedTask<T> body)
            implements SteppedTask<T>, Serializable {
        @Override
        public T call(StepNotes notes) throws Exception {
            return luggage.around(() -> body.call(notes));
        }
    }

    /** What the user handed in, for {@link java.util.concurrent.ExecutorService#shutdownNow}. */
    public static Runnable handedIn(Object work) {
        return switch (work) {
            case Execute(Runnable runnable) -> runnable;
            case RunnableWork<?>(Runnable runnable, Object value) -> runnable;
            case Within<?>(ContextCarrier.Luggage luggage, Callable<?> body) -> handedIn(body);
            case Perform(Action action) -> action;
            default -> (Action) () -> ((Callable<?>) work).call();
        };
    }
}

package dev.pando.internal.actor;

import dev.pando.Fn;
import dev.pando.NotSendableException;
import dev.pando.Task;
import dev.pando.Worker;
import dev.pando.shared.SharedClosedException;
import dev.pando.shared.SharedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The task that an actor is: makes the object, and answers one call after the other until the calls are closed. An
 * answer is an array, because the program takes only plain data from a worker: the value, or what was thrown.
 */
record ActorWork<S>(
        Task<S> factory, SharedQueue<Fn<S, @Nullable Object>> calls, SharedQueue<@Nullable Object[]> answers)
        implements Task<@Nullable Void> {
    private static final long serialVersionUID = 1;

    @Override
    public @Nullable Void call() throws Exception {
        S object = factory.call();
        if (object == null) {
            throw new IllegalStateException("the factory of an actor returned null");
        }
        try {
            serve(object);
        } catch (SharedClosedException closed) {
            // there are no more calls
        } finally {
            if (object instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
        return null;
    }

    private void serve(S object) throws InterruptedException {
        while (true) {
            answer(calls.take(), object);
        }
    }

    private void answer(Fn<S, @Nullable Object> call, S object) throws InterruptedException {
        @Nullable Object[] answer;
        try {
            answer = new @Nullable Object[] {call.apply(object), null};
        } catch (Throwable t) {
            if (Worker.isStopping()) {
                throw new InterruptedException("a call of this actor was stopped");
            }
            answer = new @Nullable Object[] {null, t};
        }
        if (Worker.isStopping()) {
            throw new InterruptedException("a call of this actor was stopped");
        }
        try {
            answers.put(answer);
        } catch (NotSendableException cannotTravel) {
            Object thrown = answer[1];
            answers.put(new @Nullable Object[] {
                null, thrown == null ? cannotTravel.getMessage() : "it threw " + thrown + ", which cannot travel"
            });
        }
    }
}

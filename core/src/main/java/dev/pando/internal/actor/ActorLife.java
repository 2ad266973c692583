package dev.pando.internal.actor;

import dev.pando.ActorOptions;
import dev.pando.Fn;
import dev.pando.Task;
import dev.pando.internal.pool.PoolCore;
import dev.pando.internal.shared.handle.SharedSpaceImpl;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.TaskOptions;
import dev.pando.shared.SharedClosedException;
import dev.pando.shared.SharedQueue;
import dev.pando.shared.SharedSpace;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of one object: the task that has it, and the queues of its calls and answers, which no later life uses, so
 * that a late answer reaches no call of another.
 */
record ActorLife<S>(
        TaskCell<@Nullable Void> task,
        SharedQueue<Fn<S, @Nullable Object>> calls,
        SharedQueue<@Nullable Object[]> answers) {

    /** Begins a life, or throws and has done nothing. */
    static <S> ActorLife<S> begin(PoolCore core, Task<S> factory, ActorOptions options, boolean dedicated) {
        SharedSpace space = SharedSpaceImpl.of(core.services().shared());
        SharedQueue<Fn<S, @Nullable Object>> calls = space.queue(1);
        SharedQueue<@Nullable Object[]> answers = space.queue(1);
        TaskOptions terms = new TaskOptions(core, options.name(), TaskOptions.NO_TIMEOUT, 0, 0);
        ActorWork<S> work = new ActorWork<>(factory, calls, answers);
        try {
            TaskCell<@Nullable Void> task = dedicated
                    ? core.intake().<@Nullable Void>acceptBeside(terms, work)
                    : core.intake().<@Nullable Void>accept(terms, work);
            return new ActorLife<>(task, calls, answers);
        } catch (Throwable t) {
            calls.close();
            answers.close();
            throw t;
        }
    }

    /** Sends a call to the object, which has none. */
    void send(Fn<S, @Nullable Object> call) {
        if (!calls.offer(call)) {
            throw new IllegalStateException("the object has another call");
        }
    }

    /** The object ends when it is done. */
    void endCalls() {
        calls.close();
    }

    /** The object ends now. */
    void stop() {
        task.cancel(true);
    }

    void closeQueues() {
        calls.close();
        var _ = calls.poll(); // a call that the object never took
        answers.close();
    }

    /** Tells of each answer, until the life has ended. */
    void readAnswers(BiConsumer<ActorLife<S>, @Nullable Object[]> reader) {
        while (true) {
            try {
                reader.accept(this, answers.take());
            } catch (SharedClosedException over) {
                return;
            } catch (InterruptedException strange) {
                // no code of ours does that
            } catch (RuntimeException unreadable) {
                reader.accept(this, new @Nullable Object[] {null, unreadable});
            }
        }
    }
}

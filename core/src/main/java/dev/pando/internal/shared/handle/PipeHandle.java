package dev.pando.internal.shared.handle;

import dev.pando.shared.SharedPipe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A pipe by its two ways. */
record PipeHandle<A, B>(QueueHandle<A> toRight, QueueHandle<B> toLeft) implements SharedPipe<A, B> {

    @Override
    public PipeEnd<A, B> left() {
        return new EndHandle<>(toRight, toLeft);
    }

    @Override
    public PipeEnd<B, A> right() {
        return new EndHandle<>(toLeft, toRight);
    }

    @Override
    public void close() {
        toRight.close();
        toLeft.close();
    }

    /** One end: the way out, and the way in. */
    record EndHandle<S, R>(QueueHandle<S> out, QueueHandle<R> in) implements SharedPipe.PipeEnd<S, R> {

        @Override
        public void send(S item) throws InterruptedException {
            out.put(item);
        }

        @Override
        public R receive() throws InterruptedException {
            return in.take();
        }

        @Override
        public @Nullable R receive(Duration patience) throws InterruptedException {
            return in.poll(patience);
        }

        @Override
        public void close() {
            out.close();
        }
    }
}

package dev.pando.shared;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Two ends, of which each receives what the other sends, in order. An end is a handle like the pipe: it may travel, and
 * be closed, alone.
 *
 * @param <A> what the left end sends, and the right end receives
 * @param <B> what the right end sends, and the left end receives
 */
public interface SharedPipe<A, B> extends SharedConstruct {

    /** Returns the left end. */
    PipeEnd<A, B> left();

    /** Returns the right end. */
    PipeEnd<B, A> right();

    /**
     * One end of a pipe.
     *
     * @param <S> what it sends
     * @param <R> what it receives
     */
    interface PipeEnd<S, R> extends SharedConstruct {

        /**
         * Sends an item, and waits while 1024 items lie in the pipe unread.
         *
         * @throws InterruptedException the caller was interrupted, and the item was not sent
         * @throws SharedClosedException this end is closed
         * @throws dev.pando.NotSendableException the item cannot travel to the workers
         */
        void send(S item) throws InterruptedException;

        /**
         * Receives the next item, and waits while there is none.
         *
         * @throws InterruptedException the caller was interrupted, and has received nothing
         * @throws SharedClosedException the other end is closed, and no item is left
         * @throws OwnerDiedException the worker that sent last at the other end died, and no item is left: told once
         * @throws dev.pando.NotSendableException the item came from a worker, and this program does not accept it
         */
        R receive() throws InterruptedException;

        /**
         * As {@link #receive()}, but waits no longer than this. Returns {@code null} if there was no item, also when
         * the other end is closed.
         *
         * @throws InterruptedException the caller was interrupted, and has received nothing
         * @throws IllegalArgumentException the patience is negative
         * @throws OwnerDiedException the worker that sent last at the other end died, and no item is left: told once
         * @throws dev.pando.NotSendableException the item came from a worker, and this program does not accept it
         */
        @Nullable
        R receive(Duration patience) throws InterruptedException;

        /** Ends what this end sends: the other end receives what is there, and then hears of it. */
        @Override
        void close();
    }
}

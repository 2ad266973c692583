package dev.pando;

/** Where a task of {@link Submitter#stream} puts its results. Used by the task's code, by any thread of it. */
public interface Sink<R> {

    /**
     * Hands a result on. Waits while the reader of the stream is far behind, about a thousand results.
     *
     * @throws InterruptedException the task was asked to stop while it waited
     * @throws java.util.concurrent.CancellationException the stream was closed: the task should end
     * @throws NotSendableException the result cannot travel
     * @throws NullPointerException the result is {@code null}
     */
    void send(R result) throws InterruptedException;

    /**
     * Has what was sent on its way before it returns. Seldom needed: what was sent leaves by itself within a
     * millisecond, and at the end of the task.
     *
     * @throws InterruptedException as {@link #send}
     * @throws java.util.concurrent.CancellationException the stream was closed
     */
    void flush() throws InterruptedException;
}

/**
 * An event loop, as Python's asyncio: thousands of coroutines that take turns, in ordinary methods. {@code Loop} is the
 * backend and has the verbs; {@code Channel, Mutex, Condition, Semaphore, Event, Barrier} are what coroutines of one
 * loop meet at, and need no lock. {@code RunningLoop} is for threads that are no coroutines, and {@code LoopTimeout} a
 * limit that can be moved.
 *
 * <p>A verb that is called outside of a coroutine, or of a coroutine of another loop, throws {@link
 * IllegalStateException}, and says what to do. A {@code null} where none belongs is refused by a {@link
 * NullPointerException}. No method says so again.
 *
 * <p>How it works stands in {@code dev.pando.internal.loop}. Start reading at {@link dev.pando.loop.Loop}.
 */
package dev.pando.loop;

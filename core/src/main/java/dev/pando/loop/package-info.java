/**
 * An event loop, as Python's asyncio: thousands of coroutines that take turns, in ordinary methods. {@code Loop} is the
 * backend and has the verbs; {@code Channel, Mutex, Semaphore, Event, Barrier} are what coroutines of one loop meet at,
 * and need no lock.
 *
 * <p>How it works stands in {@code dev.pando.internal.loop}. Start reading at {@link dev.pando.loop.Loop}.
 */
package dev.pando.loop;

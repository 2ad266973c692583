/**
 * What tasks of one pool talk through, on every kind of worker, and what a death leaves behind of it: queues, locks,
 * counters, semaphores, barriers, events, values, maps and pipes. Start reading at
 * {@link dev.pando.shared.SharedSpace}.
 *
 * <p>A {@code null} where none belongs is refused at the call, by a {@link NullPointerException}.
 */
package dev.pando.shared;

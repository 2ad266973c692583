/**
 * The inside of {@code dev.pando.shared}. A pool's table owns the truth of all its constructs, and judges one call at a
 * time; a handle makes calls, wherever it is.
 *
 * <pre>
 *   handle ─► SharedLinks ─┬─ in the program: LocalCalls ──────────────────────► SharedTable ─► ConstructState
 *                          └─ in a worker:    ParentCalls ─ Call ─► (reader) ──►      (QueueState, LockState, ...)
 * </pre>
 *
 * <p>What workers call often may be an exception, and lie in memory that they see ({@code MovingState}): a counter, and
 * of a lock its holder, as long as no call waits for it; of a queue the items, as long as two tasks alone use it.
 *
 * <p>A call either ends at once or stands in the line of its construct, until another call ends it, or it is withdrawn:
 * because its time is over, its thread was interrupted, its task has ended or its worker died. Start reading at
 * {@code SharedTable}.
 */
package dev.pando.internal.shared;

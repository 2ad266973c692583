/**
 * How a task comes into a pool, waits for a worker, and how the pool ends.
 *
 * <pre>
 *    submit ──► Intake ──► Admission (how many may wait) ──► TaskQueue (which is next)
 *                  │                                              │ next
 *                  ▼                                              ▼
 *    PoolCore ◄─ reports ─ task        Engine ◄── wake ── PoolCore ── seats: WorkerSeats
 *       │
 *       ├── PoolLifecycle, PoolShutdown     open, closing, killed, closed
 *       ├── PoolErrands                     user code that no worker can be asked to run
 *       └── PoolCounters, EventPublisher    what was done; what listeners hear
 * </pre>
 *
 * <p>No lock is held while user code runs, and the pool has no thread of its own but the timer's, which is there from
 * the first timeout on. Start reading at {@code Intake}.
 */
package dev.pando.internal.pool;

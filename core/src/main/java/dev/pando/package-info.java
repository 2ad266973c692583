/**
 * What users call, and nothing else. How it works stands below {@code dev.pando.internal}, which is not exported.
 *
 * <pre>
 *    Pool.open(backend) ──► Pool ──is──► Submitter ──► TaskFuture          submit, wait, cancel
 *                            │               ├───────► Mapping             map, as a stream or a gatherer
 *                            │               └───────► TaskGroup           tasks that end together
 *                            └──► PoolStats, PoolListener                  what there is to see
 *
 *    Futures ── wait, asCompleted, gather ──► WaitResult                   over futures of any pool
 *    Promise ── a future that is completed by hand
 * </pre>
 *
 * <p>Which thread runs what. Submitting, packing and capturing context run on the submitting thread. The task runs on a
 * worker, or on the submitter if the backend is the caller or a full queue says so. The thread that ends a task tells
 * its waiters, its callbacks and the listeners: its worker, or the thread that cancels. A task that ends by its
 * deadline is told about on a thread of its own, so that user code never holds up the timer. The thread that reads a
 * map's stream reads the source and sends the chunks. No lock is held while any of these runs.
 *
 * <p>A {@code null} where none belongs is refused at the call, by a {@link NullPointerException} that names the
 * parameter; no method says so again. The constructors of exceptions and records take what they are given.
 *
 * <p>Ten types may name {@code dev.pando.internal}, because their factories or rules are made of it: {@code Pool,
 * PoolBuilder, TaskFuture, Promise, Futures, TaskGroup, Mapping, ContextCarrier, Joiners, Outcome}. Start reading at
 * {@link dev.pando.Pool}.
 */
package dev.pando;

/**
 * A worker process as its parent sees it, from its start to its end.
 *
 * <pre>
 *    Supervisor ◄── reports ── WorkerHandle ── uses ──► WorkerServices
 *                                  │
 *        InFlightTasks ── Assignment, TaskPayload        what the worker has and has not answered
 *        TaskFeeder, ProcessStarter                      takes tasks for it out of the queue; starts its process
 *        StopRequests                                    which of that it is asked to stop, once each
 *        FrameOutbox                                     what is still to be written to it
 *        PrefetchPolicy, SpinPolicy                      how much it may have ahead; how long a caller spins
 *        WorkerMemory, OutgoingMemory, PageWords         memory that it shares with its parent
 *        WorkerReader ──► WorkerReaper ──► DeathReport   its thread here; its end, once; why it died
 * </pre>
 *
 * <p>One thread for each worker, the reader's, starts the process, reads and settles; any thread may feed, stop or
 * kill. A handle names no other room's owner: what happens is reported to {@code Supervisor}. Start reading at
 * {@code WorkerHandle}.
 */
package dev.pando.internal.process.handle;

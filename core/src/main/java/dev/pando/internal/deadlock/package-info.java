/**
 * Finds tasks that wait for each other in a cycle, and workers that all wait for a task in their own full queue.
 *
 * <pre>
 *    a thread that waits ──► BlockingWait ──publishes──► WaitEdge at its WaitingWorker
 *                                 │
 *                                 └──► DeadlockDetector ── walks the wait-for graph
 *                                        nodes: WaitingWorker, WaitingPool      edges: WaitEdge, AwaitedTask
 * </pre>
 *
 * <p>The wait-for graph is the known concept (Holt, "Some deadlock properties of computer systems", 1972); a wait for
 * any of several tasks makes an edge an "or", so that the detector computes a least fixed point and does not look for a
 * cycle. The graph is read while it changes; why no deadlock is missed stands in {@code DeadlockDetector}. No state of
 * its own, no thread, no lock. Start reading at {@code DeadlockDetector}.
 */
package dev.pando.internal.deadlock;

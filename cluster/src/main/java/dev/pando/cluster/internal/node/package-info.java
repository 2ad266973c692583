/**
 * A node: for each program that comes a session with workers, classes and a queue of its own.
 *
 * <pre>
 *   ClusterNode ── one for each program ──► ProgramSession ── is the Host of ──► an Engine (worker processes, threads)
 *                                              │  NodeJob: one attempt of one task
 *                                              └─ ClassQuestions ── ProgramLoader: the program's classes, by hash
 *   SlotShare: which program may use a slot;  WaitingLine: the tasks of a program that no worker has
 * </pre>
 *
 * <p>Start reading at {@code ProgramSession}.
 */
package dev.pando.cluster.internal.node;

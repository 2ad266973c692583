/**
 * What the API makes: the pool, its submitters, its groups, and {@code invokeAll}. Each is the last step between a
 * public type and the rooms below; none of them owns a truth.
 *
 * <pre>
 *    PoolImpl ── SubmitterImpl ── GroupImpl, InvokeAll
 *       │             │
 *       ▼             ▼
 *     .pool ──────► .task ──► .deadlock ──► .util        how a task comes in; what one task is; who waits for what
 *       ▲             ▲
 *     .map          .wait                                many tasks over a stream; many futures at once
 * </pre>
 *
 * <p>Start reading at {@code dev.pando.internal.task.TaskState}.
 */
package dev.pando.internal;

/**
 * One task: a future to its waiters, a job to its worker, an entry to its pool, in one object.
 *
 * <pre>
 *    TaskCell ─is─► EndingTask ─is─► TaskResult ─is─► TaskRecord ─is─► ObservableTask ─is─► TaskState
 *    job: begin,    how it ends      get, result,     name, times,     observers, told      the word
 *    run, report                     exception        options, seat    once                 of state
 *
 *    TaskOwner ◄── what a task needs of its pool          WorkerSeat ◄── the worker that runs it
 *    FailureTable ── what happened → which exception the user sees
 * </pre>
 *
 * <p>Any thread may call a task. A transition of {@code TaskState} is a compare-and-set that one thread wins; the
 * winner acts on the answer. Start reading at {@code TaskState}.
 */
package dev.pando.internal.task;

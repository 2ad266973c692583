/**
 * Isolated worker JVMs. What decides is pure, what acts is thin, and each worker has one thread here that serves it.
 *
 * <pre>
 *                           events                        orders
 *   submit, cancel ──► ProcessEngine ──► Roster (pure) ──► ProcessEngine ──► Hand, one for each worker
 *                           ▲                                                │ Run, Stop, Leave   ▲
 *                           │ ready, free, dead                         Post ▼                    │ kill
 *                        Attendant ◄──────────── answers ─────────── the worker process ──────────┘
 *                           │ the end                                        │ what it prints
 *                           ▼                                                ▼
 *                        Burial, Autopsy ──► job.fail(Lost)                Drain ──► Output
 * </pre>
 *
 * <p>Threads, all daemons but the last: for each worker one that starts it, reads its answers, unpacks and settles
 * (named after it), and one that reads what it prints ({@code -output}); for a moment one that writes a frame too large
 * for a pipe ({@code -writer}); for the pool one that rings when patience is over ({@code -patience}), and one that keeps
 * the JVM alive while there is work ({@code -keeper}).
 *
 * <p>Who owns what: which worker does what is the {@link dev.pando.process.Roster}'s; what one worker was given, its
 * {@link dev.pando.process.Hand}'s; what became of a task, as ever, its future's. If they disagree the future is right, and
 * the roster frees the worker. Start reading at {@link dev.pando.process.Roster}.
 */
package dev.pando.process;

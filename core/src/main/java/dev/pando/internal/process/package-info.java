/**
 * The engine behind {@code Processes}: puts together the rooms below, and owns none of their truths.
 *
 * <pre>
 *                    events                                 commands
 *   ProcessEngine ──────────► SchedulerShell ◄─► .schedule ──────────► .handle, one for each worker
 *    submit, stop               (EventDesk)       (pure)                  │ Run, Stop, Leave    ▲
 *                                    ▲                     FrameOutbox    ▼                     │ kill
 *                                    │ ready, free, dead         the worker process ────────────┘
 *                               WorkerReader ◄──── answers ─────────┘     │ what it prints
 *                                    │ the end                            ▼
 *                               WorkerReaper ──► job.fail(Lost)        .output ──► Output
 *
 *   .launch   how a worker is started      .classes   class files for workers      .wire   the protocol
 *   .memory   memory that both share       .os        the system                   .child  the program of the worker
 * </pre>
 *
 * <p>Threads, all daemons but the last: for each worker one that starts it, reads its answers, unpacks and settles
 * (named after it), and one that reads what it prints ({@code -output}); for a moment one that writes a frame too large
 * for a pipe ({@code -writer}); for the pool one that runs alarms ({@code -patience}), and one that keeps the JVM alive
 * while there is work ({@code -keeper}).
 *
 * <p>If the scheduler and a task's future disagree, the future is right, and the scheduler frees the worker. Start
 * reading at {@code schedule.WorkerScheduler}.
 */
package dev.pando.internal.process;

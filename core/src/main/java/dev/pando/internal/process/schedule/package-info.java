/**
 * Which worker process does what, as a pure state machine: an event goes in with its moment, commands come out. No
 * thread, no clock, no lock, no input or output, and no import but of {@code java.util}, so that a test can drive it
 * through millions of random lives.
 *
 * <pre>
 *    WorkerScheduler ── WorkerTable ── WorkerRecord      the workers there are, and the state of each
 *          │
 *          ├── SchedulerRules, SchedulerPhase            what it keeps to; how far the pool has come
 *          ├── LeavePolicy                               which worker leaves, and how
 *          ├── LaunchPolicy ── CrashBackoff              which to start, and whether that is held back
 *          └── CommandList ──► SchedulerCommand          Launch, Feed, Release, Kill, Break, End
 * </pre>
 *
 * <p>Start reading at {@code WorkerScheduler}.
 */
package dev.pando.internal.process.schedule;

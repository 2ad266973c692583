/**
 * The event loop: coroutines, of which one runs at a time.
 *
 * <pre>
 *   one coroutine holds the Turn        the others
 *   ┌──────┐  give, at a verb    ┌────────────┐      ┌───────────────────────────────┐
 *   │ Turn │ ──────────────────► │ ReadyQueue │ ◄─── │ wait: TimerHeap, WaitQueue    │
 *   └──────┘  handed to the next └────────────┘      │ in a blocking call:           │
 *      ▲                                             │   BlockingCall                │
 *      └── news from outside (posted)                └───────────────────────────────┘
 *          LoopWatchdog (deadlines while none runs; a holder that computes too long)
 * </pre>
 *
 * <p>A coroutine is a virtual thread that runs only while it holds the turn, and hands the turn over itself. So
 * everything here that is not marked otherwise belongs to the thread that holds the turn, and needs no lock. Start
 * reading at {@code Turn}, then {@code Coroutine}.
 */
package dev.pando.internal.loop;

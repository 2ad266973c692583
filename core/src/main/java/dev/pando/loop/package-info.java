/**
 * The event loop: thousands of activities that take turns, as in Python's asyncio, in ordinary methods.
 *
 * <pre>
 *   Loop.run(body)                 one coroutine holds the turn         the others
 *   ┌──────────────┐ Root    ┌──────┐  give, at a verb    ┌──────┐      ┌──────────────────────────┐
 *   │  LoopEngine  │ ──────► │ Turn │ ──────────────────► │ Ring │ ◄─── │ wait: Sleepers, WaitLine │
 *   └──────────────┘         └──────┘  hands it over to   └──────┘      │ in a blocking call: Trip │
 *          ▲                    ▲      the next in the ring             └──────────────────────────┘
 *     Pool: LoopWorkers         └─── news from outside (posted), Warden (alarms; who holds it too long)
 * </pre>
 *
 * <p>A coroutine is a virtual thread that runs only while it holds the turn, and hands the turn over itself. So everything
 * here that is not marked otherwise belongs to whoever holds the turn, and needs no lock.
 *
 * <p>Start reading at {@code Turn}, then {@code Coroutine}.
 */
package dev.pando.loop;

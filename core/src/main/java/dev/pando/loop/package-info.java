/**
 * The event loop: thousands of activities that take turns, as in Python's asyncio, in ordinary methods.
 *
 * <pre>
 *   Loop.run(body)                 one coroutine holds the turn         the others
 *   ┌──────────────┐ Root    ┌──────┐  give, at a verb    ┌──────┐      ┌──────────────────────────┐
 *   │  LoopEngine  │ ──────► │ Turn │ ──────────────────► │ Ring │ ◄─── │ wait: Sleepers, WaitLine │
 *   └──────────────┘         └──────┘  hands it over to   └──────┘      │ in a blocking call: Trip │
 *          ▲                    ▲      the next in the ring             └──────────────────────────┘
 *     Pool: LoopWorkers         └─── news from outside (posted), Warden (alarms; reports long turns)
 * </pre>
 *
 * <p>A coroutine is a virtual thread that runs only while it holds the turn, and hands the turn over itself. So everything
 * here that is not marked otherwise belongs to the thread that holds the turn, and needs no lock. Known concepts: the baton is
 * {@code Turn}, its inbox is a Treiber stack, {@code Ring} a FIFO, {@code Sleepers} a binary heap beside a FIFO.
 *
 * <p>{@code Loop} and the meeting places (channel, mutex, semaphore, event, barrier) are what users see. {@code LoopVerbs} does
 * what {@code Loop} promises; nothing below it knows {@code Loop}.
 *
 * <p>Start reading at {@code Turn}, then {@code Coroutine}.
 */
package dev.pando.loop;

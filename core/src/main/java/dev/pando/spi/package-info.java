/**
 * The floor: what a backend must do, and what the pool does for it. Imports nothing else of ours, so that threads,
 * processes and a stranger's cluster come through one and the same narrow door.
 *
 * <pre>
 *      the pool                                    the backend
 *   ┌────────────┐  start(host)                 ┌────────────┐
 *   │            │ ───────────────────────────► │  Backend   │  a value: Threads.of(4)
 *   │    Host    │                              ├────────────┤
 *   │  (a line   │  wake, rescue, stop, take?  │            │
 *   │  of Jobs)  │ ───────────────────────────► │   Engine   │  the running workers
 *   │            │ ◄─────────────────────────── │            │
 *   └────────────┘  next, arrive, leave, ended  └────────────┘
 *        Job  : one task, as its worker sees it: begin, succeed, fail (or run, which is all three)
 *        Seat : one worker, as the pool sees it
 * </pre>
 *
 * <p>Work is pulled: it stands in the pool's line until a worker asks for {@link dev.pando.spi.Host#next() the next}.
 * The pool owns order, bounds, deadlines, cancellation and settling; an engine owns workers and nothing else. Any
 * method here may be called from any thread, and none of them may block, {@code Job.run} excepted, which is the work.
 *
 * <p>Neither side checks what the other passes: a {@code null} where the type has none ends in a
 * {@link NullPointerException} sooner or later.
 *
 * <p>Start reading at {@link dev.pando.spi.Engine}.
 */
package dev.pando.spi;

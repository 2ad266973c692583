/**
 * What users see, and the truth about a task.
 *
 * <pre>
 *    Pool     Submitter   Mapping   TaskGroup         outside: what users call
 *      │          │          │          │
 *      ▼          ▼          ▼          │
 *    TaskPool   Desk      Conveyor      │
 *      │          │          │          │
 *      └──────────┴─┬────────┴──────────┘
 *                   ▼
 *                Intake ──► Admission, Line            how a task comes in
 *                   │
 *                   ▼
 *     Engine ◄── PoolCore ──► Life, Ledger, Reporter   what the engine asks, what is reported
 *        │          ▲
 *        ▼          │
 *      PoolSeat   TaskCell ─is─► Known ─► Answer ─► Observed ─► TaskState
 *        ▲                                                   one task
 *        │
 *      Knot ◄── Blocking ◄── whoever waits
 * </pre>
 *
 * <p>The nouns. A <em>cell</em> is one task: a future to whoever waits for it, a job to whoever runs it. It stands in the
 * pool's <em>line</em> until a worker of the <em>engine</em> asks for the next. A worker sits in a <em>seat</em>, which
 * says what it runs and what it waits for. Whoever wants to know when a cell is done is an <em>observer</em>. The
 * <em>terms</em> of a task are what its submitter said: name, timeout, retries, priority. A map is a <em>conveyor</em>
 * with <em>pieces</em> on it.
 *
 * <p>Which thread runs what. Submitting, packing and capturing context: the submitting thread. The task: a worker, or
 * the submitter where the backend is the caller or a full queue says so. Ending a task, telling its observers, callbacks
 * and listeners: whichever thread ended it, that is its worker or the canceller; where a deadline ended it, a virtual
 * thread started for that, so that user code never holds up the timer. Reading a map's source and sending its chunks:
 * the thread that reads the stream; only the rest of a slow chunk is sent on by whoever ended that chunk. No lock is
 * held while any of these runs, and the pool has no thread of its own but the timer's, which is there from the first
 * timeout on.
 *
 * <p>Start reading at {@code TaskState}, then {@code TaskCell}, {@code Intake} and {@code Knot}. Backends are written
 * against {@link dev.pando.spi} and never import this package.
 */
package dev.pando;

/**
 * The lab's results as data: written by the experiments and the adviser, read by the terminal and the report.
 *
 * <pre>
 *   Result ──┬── Fact      what must be true whatever the machine does
 *            ├── Table     rows of Amount and text
 *            ├── Chart     the same as a drawing
 *            └── Timeline ── Span   which task ran when, on which worker
 *   Sample   what several runs took        Machine   where
 * </pre>
 *
 * Everything here is immutable, or belongs to one thread. Start reading at
 * {@link dev.pando.lab.result.ExperimentResult}.
 */
@NullMarked
package dev.pando.lab.result;

import org.jspecify.annotations.NullMarked;

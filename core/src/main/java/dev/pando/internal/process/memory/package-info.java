/**
 * Memory that parent and workers share, without either of the two programs knowing the other's half.
 *
 * <pre>
 *    SharedArray ── SharedRegion ── MemoryMapping     what a program has: a part of a mapping, and the mapping
 *                             │
 *    in the parent   Lender ── Loan ── SlabSlot ── Slab     in a worker        Borrower
 *                             │                                                │
 *                          Account, one for each worker ◄── Ask, Dropped ──────┤
 *                             └────────────────── Grant, Forget ──────────────►┘
 * </pre>
 *
 * <p>All memory is the parent's: a worker asks for what it needs, and lets go of it when it is told to. So what a dead
 * worker held is known, and a worker can name nothing that it was not given. A <em>slab</em> is a nameless file,
 * which small arrays of one maker share by <em>slots</em> of whole pages; a <em>loan</em> is one use of a slab or slot,
 * by a number that is never given twice. It ends when nothing in the parent and no worker has it any more; then what it
 * had waits for another.
 *
 * <p>No thread of its own. {@code Lender} owns which process has what, under its lock, which is not held while memory
 * is made, copied or mapped. Nothing here is loaded in a worker before the first array that needs it, but for
 * {@code Borrower}. Start reading at {@code Loan}.
 */
package dev.pando.internal.process.memory;

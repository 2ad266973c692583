/**
 * What travels, as bytes and back: tasks with their captured values, results, exceptions. Plain Java serialisation, but
 * for what is small and common, with some things added: when something cannot travel, the way from the task to that something is found and told; an
 * exception always arrives, if need be as a stand-in that says what it was; classes come from the loader they were sent
 * from; what a worker sends is inspected before it is built; and what was typed in jshell takes its variables along.
 *
 * <pre>
 *    Codec ── Writing ── Trail ── Known ── Origin        leaving: what passes, and where it came from
 *      │         └─ Loaders ─┐
 *      ├───── Reading ───────┘
 *      │         └─ Inspection ── Weight                 arriving: by the rules of
 *      │                 └─ Customs ── Origin, Allowed, Plain
 *      ├───── Quick ── QuickWriter ── LambdaTemplate     small and common: both, by a shorter way
 *      │         └──── QuickReader ── QuickForms ── LambdaForm, RecordForm
 *      ├───── Culprit, Compact                           when it cannot leave
 *      ├───── StandIn, Told                              when an exception cannot
 *      └───── ReplPacking ── ReplVariables, Repl         jshell
 * </pre>
 *
 * <p>A room of its own, below the backends, because both a pool of processes and {@code Caller.serializing()} need it.
 * Not exported. No thread; no state but what is known of classes.
 *
 * <p>Start reading at {@code Codec}.
 */
package dev.pando.codec;

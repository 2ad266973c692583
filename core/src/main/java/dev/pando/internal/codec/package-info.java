/**
 * What travels, as bytes and back: tasks with their captured values, results, exceptions. A compact format for what is
 * small and common, and Java serialisation for the rest, with some things added. When an object cannot travel, the path
 * from the task to that object is found and named. An exception always arrives, if need be as a stand-in that says what
 * it was. Classes come from the loader that they were sent from. What a worker sends is checked before it is built.
 * Work that was typed in jshell takes its variables along.
 *
 * <pre>
 *    Codec ── Writing ── Trail                           leaving: what passes, and where it came from
 *      │         └─ Loaders ─┐
 *      ├───── Reading ───────┘
 *      │         └─ Inspection ── Weight                 arriving: by the rules of
 *      │                 └─ Customs ── Allowed
 *      ├───── Quick ── QuickWriter ── LambdaTemplate     small and common: both, by a shorter way
 *      │         └──── QuickReader ── QuickForms ── LambdaForm, RecordForm
 *      ├───── Culprit, Compact                           when it cannot leave
 *      ├───── StandIn, Told                              when an exception cannot
 *      └───── ReplPacking ── ReplVariables, Repl         jshell
 *
 *    all of them ── Known ── Origin, Plain ── ClassLocation      facts about a class, and below everything: its place
 * </pre>
 *
 * <p>A room of its own, below the backends, because both a pool of processes and {@code Caller.serializing()} need it.
 * Not exported. No thread; no state but what is known of classes.
 *
 * <p>No two files here refer to each other, by whatever way: {@code PackageKnotTest} counts.
 *
 * <p>Start reading at {@code Codec}.
 */
package dev.pando.internal.codec;

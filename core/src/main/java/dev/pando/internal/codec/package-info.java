/**
 * What travels, as bytes and back: tasks with their captured values, results, exceptions. A compact format for what is
 * small and common, and Java serialisation for the rest, with some things added. When an object cannot travel, the path
 * from the task to that object is found and named. An exception always arrives, if need be as a stand-in that says what
 * it was. Classes come from the loader that they were sent from. What a worker sends is checked before it is built.
 * Work that was typed in jshell takes its variables along.
 *
 * <pre>
 *    Codec ── CodecObjectOutput                 leaving by Java serialisation, and where each class came from
 *      ├───── CodecObjectInput                  arriving, by the rules of .policy
 *      ├───── .compact                          small and common: both, by a shorter way
 *      ├───── UnserializablePath ── SendingAdvice ── CompactSourceFiles      when an object cannot leave
 *      ├───── StandInException                  when an exception cannot
 *      └───── .jshell                           what was typed in jshell
 *
 *    .message   packed work, loader numbers, memory handles      .policy   what is let in, facts about classes
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

/**
 * What travels, as bytes and back: tasks with their captured values, results, exceptions. Plain Java serialisation, with
 * two things added: when something cannot travel, the way from the task to that something is found and told; and an
 * exception always arrives, if need be as a stand-in that says what it was.
 *
 * <p>A room of its own, below the backends, because both a pool of processes and {@code Caller.serializing()} need it.
 * Not exported. No thread, no state.
 *
 * <p>Start reading at {@code Codec}.
 */
package dev.pando.codec;

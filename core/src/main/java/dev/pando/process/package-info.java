/**
 * Isolated worker JVMs: {@code Processes} is the backend, {@code Output} says where what workers print goes,
 * {@code SharedArray} is memory that the program and its workers both see.
 *
 * <p>A {@code null} where none belongs is refused at the call, by a {@link NullPointerException}.
 *
 * <p>How it works stands in {@code dev.pando.internal.process}. Start reading at {@link dev.pando.process.Processes}.
 */
package dev.pando.process;

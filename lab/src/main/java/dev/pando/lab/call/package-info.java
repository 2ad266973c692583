/**
 * A method of the user's, found by name, and the workers to run it on, found by name: what {@code map} and {@code advise}
 * are told on the command line.
 *
 * <pre>
 *   Target (options) ──> Program (where classes are: a path, or one source file) ──> CallByName (the method, as a function)
 *   Workers ("processes:4") ──> Backend
 * </pre>
 *
 * {@code CallByName} travels to worker processes; everything else stays on the main thread. Start reading at
 * {@link dev.pando.lab.call.Target}.
 */
@NullMarked
package dev.pando.lab.call;

import org.jspecify.annotations.NullMarked;

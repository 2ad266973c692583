/**
 * The user's method and the workers to run it on, both named on the command line of {@code map} and {@code advise}.
 *
 * <pre>
 *   Target (options) ──> Program (its classes: a path, or one source file) ──> CallByName (the method, as a function)
 *   Workers ("processes:4") ──> Backend
 * </pre>
 *
 * {@code CallByName} travels to worker processes; everything else stays on the main thread. Start reading at
 * {@link dev.pando.lab.call.TargetOptions}.
 */
@NullMarked
package dev.pando.lab.call;

import org.jspecify.annotations.NullMarked;

/**
 * The command line behind {@code ./pando}.
 *
 * <pre>
 *   ./pando (shell) ──> Main ──┬─ VersionCommand
 *                              └─ ExampleCommand ──> Examples (the list) ──> a separate JVM (runs one)
 * </pre>
 *
 * Everything runs on the main thread. Start reading at {@link dev.pando.lab.LabMain}.
 */
@NullMarked
package dev.pando.lab;

import org.jspecify.annotations.NullMarked;

/**
 * The command line behind {@code ./pando}.
 *
 * <pre>
 *   ./pando (shell) ──> Main ──┬─ VersionCommand
 *                              └─ ExampleCommand ──> Examples (what there is) ──> a JVM of its own (runs one)
 * </pre>
 *
 * Everything runs on the main thread. Start reading at {@link dev.pando.lab.Main}.
 */
@NullMarked
package dev.pando.lab;

import org.jspecify.annotations.NullMarked;

/**
 * What a task logs becomes a record of the program's own log. {@code Output.logging()} asks for it.
 *
 * <pre>
 *   worker   java.util.logging, System.Logger ──► JulCapture ────┐
 *            SLF4J with Logback ────────────────► LogbackCapture ┴► LogEncoder ──► standard error
 *                                                                                     │
 *   parent   SLF4J, java.util.logging, System.Logger ◄── LogTarget ◄── RecordDelivery ◄─┘ by .output
 * </pre>
 *
 * <p>The worker's half runs on the thread that logs, the parent's half on the worker's {@code -output} thread.
 * SLF4J and Logback are called by name, because the core has no dependency; each class that needs {@code
 * java.logging}, which a run-time image may lack, is loaded only where that is there. Start reading at {@code
 * WorkerLogging} and {@code RecordDelivery}.
 */
@org.jspecify.annotations.NullMarked
package dev.pando.internal.process.logging;

/**
 * The protocol, as data: what parent and worker say, and how that is written. No thread, no process, no policy.
 *
 * <pre>
 *   parent ── Hello, Run, Stop, Code, Leave ──►  worker        descriptor 3 of the worker
 *          ◄─ Ready, Began, Value, Thrown, ... ──               descriptor 4
 * </pre>
 *
 * <p>Start reading at {@link dev.pando.internal.process.wire.Message}, which is the whole protocol on one screen.
 */
package dev.pando.internal.process.wire;

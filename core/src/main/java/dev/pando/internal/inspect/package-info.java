/**
 * What this program answers to {@code pando top} and {@code pando dump}, which look at it from another program.
 *
 * <pre>
 *    pando top ── attaches ──► agent ── calls ──► InspectorThread ── connects to ──► a socket of pando top
 *                                                      │
 *                                                      ▼
 *                            ProgramRecords, StackCollector ── RecordWriter ──► records
 * </pre>
 *
 * <p>Nothing refers to this room but that agent, by the name of {@code InspectorThread}: no class of it is loaded
 * before a tool looks. It answers on platform threads of its own, because the workers of a program that is looked at
 * may all be stuck, and virtual threads may hold every processor of their scheduler. Start reading at {@code
 * InspectorThread}.
 */
package dev.pando.internal.inspect;

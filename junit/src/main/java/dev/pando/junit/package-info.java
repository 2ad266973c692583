/**
 * Tests in killable worker JVMs, for JUnit 6 and 5.
 *
 * <pre>
 *   program                                                   worker JVM
 *
 *   launcher ─► IsolatedEngine ─► UnitRun ── UnitOrder ─────► UnitTask ─► launcher ─► Jupiter
 *   reports  ◄─ ReportLedger ◄──────┴─────── TestEvent ◄───── EventReporter ◄──┘
 * </pre>
 *
 * {@link dev.pando.junit.Isolated} is all that users name. Start reading at {@code internal.IsolatedEngine}.
 */
package dev.pando.junit;

/**
 * Finds by trial which workers a function should run on, and how many.
 *
 * <pre>
 *   FunctionProbe ──> CallBatch     where the time of some calls went: processor, waiting, no processor, collector
 *   KindJudge ──> WorkKind          pure: computes, waits, both, takes turns; or it cannot be told, and why
 *   ThroughputTrial ──> rate        what a number of workers of a kind get done in a second
 *   HillClimb                       pure: from a first guess to the top of one curve
 *   WorkerSearch ──> Recommendation which curves to climb, and which candidate wins
 * </pre>
 *
 * Everything runs on the caller's thread and on the workers it tries. Start reading at {@code WorkerSearch}.
 */
@NullMarked
package dev.pando.lab.advise;

import org.jspecify.annotations.NullMarked;

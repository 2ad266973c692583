/**
 * Finds by trial which workers a function should run on, and how many.
 *
 * <pre>
 *   Probe ──> Profile     what a call does: computes, waits, allocates; the size of arguments and results
 *   Trial ──> rate        what a number of workers of a kind get done in a second
 *   Climb                 pure: from a first guess to the top of one curve
 *   Search ──> Recommendation    which curves to climb, and which candidate wins
 * </pre>
 *
 * Everything runs on the caller's thread and on the workers it tries. Start reading at {@code Search}.
 */
@NullMarked
package dev.pando.lab.advise;

import org.jspecify.annotations.NullMarked;

/**
 * Which workers a function should run on, and how many: found by trying.
 *
 * <pre>
 *   Probe ──> Profile     what one call does: computes, waits, allocates; how large what travels is
 *   Trial ──> rate        what so many workers of one kind get done in a second
 *   Climb                 pure: from a first guess to the top of one curve
 *   Search ──> Recommendation    which curves to climb, and who wins
 * </pre>
 *
 * Everything runs on the thread that asks, and the workers it tries. Start reading at {@code Search}.
 */
@NullMarked
package dev.pando.lab.advise;

import org.jspecify.annotations.NullMarked;

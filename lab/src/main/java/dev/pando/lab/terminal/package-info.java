/**
 * How the lab speaks to a person in front of a terminal, or to a file or pipe in its place.
 *
 * <pre>
 *   Result ──> ResultText ──> TableText (aligned columns, bars)
 *                  └────────> Style (colours, or none)         Terminal: what is there: colours? how wide?
 *   Progress ──> Board ──> Gauge (pure: events in, lines out)  Board: paints them while somebody waits
 * </pre>
 *
 * Results go to standard output, progress to standard error. Start reading at {@link dev.pando.lab.terminal.ResultText}.
 */
@NullMarked
package dev.pando.lab.terminal;

import org.jspecify.annotations.NullMarked;

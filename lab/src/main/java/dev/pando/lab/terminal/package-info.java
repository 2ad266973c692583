/**
 * The lab's output on a terminal, or into a file or pipe.
 *
 * <pre>
 *   Result ──> ResultText ──> TableText (aligned columns, bars)
 *                  └────────> Style (colours, or none)         Terminal: with colours? how wide?
 *   KeyTerminal: the whole screen, with keys (KeyPress), for pando top
 *   Progress ──> Board ──> Gauge (pure: events in, lines out)  Board: paints them on a terminal
 * </pre>
 *
 * Results go to standard output, progress to standard error. Start reading at
 * {@link dev.pando.lab.terminal.ResultText}.
 */
@NullMarked
package dev.pando.lab.terminal;

import org.jspecify.annotations.NullMarked;

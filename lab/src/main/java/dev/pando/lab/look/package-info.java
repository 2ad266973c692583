/**
 * Other programs of this user that have pools, seen from outside: {@code pando top} and {@code pando dump}.
 *
 * <pre>
 *    ProgramFinder ── which programs have pools
 *    ProgramLink ── attaches ──► LookAgent, in the program ──► core's InspectorThread ── answers ──► SeenProgram
 *                                                                                                      │
 *                                                      TopSession ─► TopScreen, DumpText, ProgramMap ◄─┘
 * </pre>
 *
 * <p>Whatever a program says is cleaned when it arrives ({@code CleanText}), so that no name of a task can steer a
 * terminal. Start reading at {@code ProgramLink}.
 */
@NullMarked
package dev.pando.lab.look;

import org.jspecify.annotations.NullMarked;

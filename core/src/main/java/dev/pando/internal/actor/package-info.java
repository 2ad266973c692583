/**
 * Objects that live in one worker. An actor is a task that takes calls out of one shared queue and puts answers into
 * another, until the first is closed; so it works wherever tasks share, and dies as tasks do.
 *
 * <pre>
 *   program   ActorRun: calls wait ──► one is sent ──► calls queue ─┐        ┌─► answers queue ──► its future ends
 *   worker                                             ActorWork:  └─► object ┘
 * </pre>
 */
@NullMarked
package dev.pando.internal.actor;

import org.jspecify.annotations.NullMarked;

/**
 * Which node gets the next task: pure, so that a simulation of a thousand nodes runs in a test. Start reading at
 * {@code NodePlacement}.
 */
package dev.pando.cluster.internal.placement;

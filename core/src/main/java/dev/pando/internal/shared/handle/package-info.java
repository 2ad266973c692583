/**
 * The handles of shared constructs: records of a number and its tag, so that they travel as values do, and mean the
 * same wherever they arrive. A worker may send any of them, because what it names is checked where it is used. Start
 * reading at {@code QueueHandle}.
 */
package dev.pando.internal.shared.handle;

/**
 * Waits for several futures at once: {@code Waits} for all, the first, or the first failure of them;
 * {@code CompletionQueue} for one after the other, in the order in which they are done. Each registers an observer at
 * every future and takes it back when the wait is over, so that a long-lived future does not collect them. Start
 * reading at {@code MultiWait}.
 */
package dev.pando.internal.wait;

/**
 * Tasks with many results. The task puts batches into a shared queue, and the reader takes them out, so that a stream
 * is a user of the pool as others are, and works wherever tasks share.
 */
@NullMarked
package dev.pando.internal.stream;

import org.jspecify.annotations.NullMarked;

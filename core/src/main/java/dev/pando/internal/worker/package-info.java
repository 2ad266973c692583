/**
 * What a task asks of the pool that runs it: how it gets on, sub-tasks, calls of what the program offers. A task on a
 * thread of the program asks the pool itself; a task in a worker process asks over the channel of shared constructs.
 */
@NullMarked
package dev.pando.internal.worker;

import org.jspecify.annotations.NullMarked;

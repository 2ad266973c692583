package dev.pando.cluster.internal.program;

import dev.pando.shipping.ShippedWork;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;

/**
 * One attempt at a job, which a node was given.
 *
 * @param run the number by which the node knows it
 */
record SentTask(int run, Job job, int attempt, Seat seat, ShippedWork work) {

    long bytes() {
        return work.bytes().length;
    }
}

package dev.pando.cluster.internal.node;

import dev.pando.spi.Seat;

/** A worker of the node's own engine. */
record NodeSeat(ProgramSession session, String worker) implements Seat {

    @Override
    public void leave() {
        // the program knows slots, not workers
    }

    @Override
    public void lost(String reason) {
        session.workerLost(worker, reason);
    }
}

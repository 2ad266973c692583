package dev.pando.cluster.internal.node;

import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.spi.Engine;
import dev.pando.spi.Seat;
import dev.pando.spi.VisibleEngine;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells a program where one of its tasks is, which goes on: a thread is looked at, a worker process is asked. */
final class StackLook {

    /**
     * Where a job runs.
     *
     * @param seat of the node's own engine
     * @param inside the thread that is inside the task; null where the workers are no threads
     */
    record Place(Seat seat, @Nullable Thread inside) {}

    private StackLook() {}

    /**
     * Tells where the task of this run is, with no frames if it does not run. A worker process tells later, or never.
     *
     * @param job {@code null}: it has ended
     */
    static void tell(int run, @Nullable NodeJob job, Engine engine, Consumer<NodeMessage> toProgram) {
        Place place = job == null ? null : job.place();
        if (job == null || place == null) {
            toProgram.accept(new NodeMessage.Located(run, List.of()));
        } else if (place.inside != null) {
            List<StackTraceElement> frames = List.of(place.inside.getStackTrace());
            // or else a later task of the same thread would be shown as this one
            boolean isStillThere = place.equals(job.place());
            toProgram.accept(new NodeMessage.Located(run, isStillThere ? frames : List.of()));
        } else if (engine instanceof VisibleEngine workers) {
            workers.look(
                    job, NodeJob.ATTEMPT, place.seat, frames -> toProgram.accept(new NodeMessage.Located(run, frames)));
        } else {
            toProgram.accept(new NodeMessage.Located(run, List.of()));
        }
    }
}

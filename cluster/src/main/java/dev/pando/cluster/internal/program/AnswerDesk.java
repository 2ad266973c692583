package dev.pando.cluster.internal.program;

import dev.pando.cluster.internal.relay.TaskEnvelope;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.shipping.ShippingCodec;
import dev.pando.spi.Cost;
import dev.pando.spi.Failure;
import dev.pando.spi.Host;
import dev.pando.spi.UnsendableException;

/** Settles a task by what its node said. Nothing that comes from a node is trusted. Any thread may use it. */
final class AnswerDesk {
    private final Host host;
    private final ShippingCodec codec;

    AnswerDesk(Host host, ShippingCodec codec) {
        this.host = host;
        this.codec = codec;
    }

    /** @param attempt 0 if the job has ended, and nothing comes of the answer */
    void settle(SentTask task, int attempt, NodeMessage.Answer answer, NodeLink from) {
        if (host.metered()) {
            NodeMessage.Bill bill = answer.bill();
            task.job.cost(
                    attempt, new Cost(bill.cpuNanos(), bill.allocatedBytes(), task.bytes(), answer.envelope().length));
        }
        Failure failure;
        try {
            switch (TaskEnvelope.open(answer.envelope())) {
                case TaskEnvelope.Value(byte[] bytes) -> {
                    Object value = codec.decode(bytes, task.work);
                    String fault = task.work.faultOf(value);
                    if (fault == null) {
                        var _ = task.job.succeed(attempt, value);
                        return;
                    }
                    failure = lost(from, "it answered " + fault);
                }
                case TaskEnvelope.Thrown(var thrown) ->
                    failure = Failure.threw(codec.decodeThrowable(thrown, task.work));
                case TaskEnvelope.Unsendable(var direction, String path, String message, var cause) ->
                    failure = new Failure.Unsendable(
                            new UnsendableException(direction, path, message, codec.decodeThrowable(cause, task.work)));
                case null -> failure = lost(from, "its answer is no answer of a worker");
            }
        } catch (UnsendableException e) {
            failure = new Failure.Unsendable(e);
        } catch (OutOfMemoryError noMemory) {
            failure = Failure.UNTOLD;
        }
        var _ = task.job.fail(attempt, failure);
    }

    static Failure.Lost lost(NodeLink node, String reason) {
        String told = "node " + node.name() + ": " + reason;
        return new Failure.Lost(Failure.Progress.MAY_HAVE_RUN, Failure.Death.of(told, System.nanoTime() - node.since));
    }
}

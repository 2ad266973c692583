package dev.pando.cluster.internal.node;

import dev.pando.cluster.internal.relay.TaskEnvelope;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.shipping.LoaderTable;
import dev.pando.shipping.ShippingCodec;
import dev.pando.spi.Failure;
import dev.pando.spi.UnsendableException;
import java.util.List;

/** What a node says of a task that no worker could answer for. */
final class NodeAnswers {
    /** Knows no class but those of the JDK and Pando: for what the node itself has to say. */
    private static final ShippingCodec PLAIN = ShippingCodec.ofWorker(
            new LoaderTable() {
                @Override
                public int numberOf(Class<?> type) {
                    return 0;
                }

                @Override
                public ClassLoader numbered(int number) throws ClassNotFoundException {
                    throw new ClassNotFoundException("a node has no loaders of a program");
                }
            },
            NodeAnswers.class.getClassLoader());

    private NodeAnswers() {}

    static NodeMessage of(int run, Throwable thrown) {
        byte[] envelope = thrown instanceof UnsendableException reason
                ? TaskEnvelope.unsendable(reason, PLAIN)
                : TaskEnvelope.thrown(PLAIN.encodeThrowable(thrown));
        return new NodeMessage.Answer(run, -1, NodeMessage.Bill.UNKNOWN, envelope);
    }

    static NodeMessage of(int run, Failure failure) {
        return switch (failure) {
            case Failure.Lost lost -> new NodeMessage.Lost(run, lost);
            case Failure.Threw(Throwable thrown) -> of(run, thrown);
            case Failure.Unsendable(var reason) -> of(run, reason);
            case Failure.TimedOut(List<StackTraceElement> stack) ->
                of(run, new IllegalStateException("timed out on the node at " + stack));
        };
    }
}

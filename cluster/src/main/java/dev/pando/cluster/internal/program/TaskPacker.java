package dev.pando.cluster.internal.program;

import dev.pando.shipping.ShippedWork;
import dev.pando.shipping.ShippingCodec;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.util.concurrent.Callable;

/** Packs tasks for any node, and refuses those that are too large. */
record TaskPacker(ShippingCodec codec) {
    /** The largest task: it is in the memory of two programs several times. */
    private static final int LARGEST = 256 << 20;

    ShippedWork pack(Callable<?> work) throws UnsendableException {
        ShippedWork packed = codec.pack(work);
        if (packed.bytes().length > LARGEST) {
            throw new UnsendableException(
                    Direction.ARGUMENT,
                    "(the task)",
                    "cannot be sent: it is " + (packed.bytes().length >> 20) + " MiB, and a cluster takes "
                            + (LARGEST >> 20) + " MiB at most; let the task read its data where it runs",
                    null);
        }
        return packed;
    }
}

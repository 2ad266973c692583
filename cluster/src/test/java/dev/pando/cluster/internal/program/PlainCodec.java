package dev.pando.cluster.internal.program;

import dev.pando.shipping.LoaderTable;
import dev.pando.shipping.ShippingCodec;
import dev.pando.spi.UnsendableException;

/** What a scripted node packs: values of the JDK, and nothing of a class that a program sent. */
final class PlainCodec {
    private static final ShippingCodec CODEC = ShippingCodec.ofWorker(
            new LoaderTable() {
                @Override
                public int numberOf(Class<?> type) {
                    return 0;
                }

                @Override
                public ClassLoader numbered(int number) throws ClassNotFoundException {
                    throw new ClassNotFoundException();
                }
            },
            PlainCodec.class.getClassLoader());

    private PlainCodec() {}

    static byte[] encoded(Object value) throws UnsendableException {
        return CODEC.encode(value);
    }
}

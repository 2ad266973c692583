package dev.pando.internal.process.memory;

import dev.pando.internal.codec.message.MemoryHandle;
import dev.pando.process.SharedArray;
import java.lang.reflect.Field;

/** Reads what a hostile worker can read. */
public final class MemoryPeek {
    private MemoryPeek() {}

    /** In bytes: of all loans, and of what waits to be used again. */
    public static long[] held(Lender lender) {
        return lender.heldBytes();
    }

    public static MemoryHandle handle(SharedArray<?> array) throws ReflectiveOperationException {
        Field region = SharedArray.class.getSuperclass().getDeclaredField("region");
        region.setAccessible(true);
        return ((SharedRegion) region.get(array)).handle();
    }
}

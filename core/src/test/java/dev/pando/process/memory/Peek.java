package dev.pando.process.memory;

import dev.pando.codec.Handle;
import dev.pando.process.SharedArray;
import java.lang.reflect.Field;

/** Reads what a hostile worker can read. */
public final class Peek {
    private Peek() {}

    /** In bytes: of all loans, and of what waits to be used again. */
    public static long[] held(Lender lender) {
        return lender.held();
    }

    public static Handle handle(SharedArray<?> array) throws ReflectiveOperationException {
        Field span = SharedArray.class.getDeclaredField("span");
        span.setAccessible(true);
        return ((Span) span.get(array)).handle();
    }
}

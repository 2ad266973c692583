package dev.pando.internal.util;

/** Throws an exception of another thread or process as it is, checked or not. */
public final class Rethrow {

    private Rethrow() {}

    public static RuntimeException asIs(Throwable thrown) {
        throw Rethrow.<RuntimeException>sneaky(thrown);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the cast is erased: that is the point
    private static <E extends Throwable> E sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }
}

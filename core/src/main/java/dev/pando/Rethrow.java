package dev.pando;

/** Throws what somebody else threw, as it is, checked or not. */
final class Rethrow {

    private Rethrow() {}

    static RuntimeException asIs(Throwable thrown) {
        throw Rethrow.<RuntimeException>sneaky(thrown);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the cast is erased: that is the point
    private static <E extends Throwable> E sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }
}

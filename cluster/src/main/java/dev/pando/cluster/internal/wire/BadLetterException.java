package dev.pando.cluster.internal.wire;

/** Bytes that are no letter of this protocol. */
public final class BadLetterException extends Exception {
    private static final long serialVersionUID = 1L;

    public BadLetterException(String message) {
        super(message);
    }
}

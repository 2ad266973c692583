package dev.pando.cluster.internal.fabric;

/** The engine below could not do what it was asked for. The message says what, for people. */
public final class FabricException extends Exception {
    private static final long serialVersionUID = 1L;

    public FabricException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.pando.cluster.internal.command;

/** A command was called in a way that makes no sense. The message says how, and what would. */
final class WrongCallException extends Exception {
    private static final long serialVersionUID = 1L;

    WrongCallException(String message) {
        super(message);
    }
}

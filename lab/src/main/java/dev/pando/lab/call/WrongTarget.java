package dev.pando.lab.call;

/** What was named does not exist, or cannot be called so. The message says what is there instead. */
public final class WrongTarget extends Exception {
    private static final long serialVersionUID = 1;

    WrongTarget(String message) {
        super(message);
    }
}

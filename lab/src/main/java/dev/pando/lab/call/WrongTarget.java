package dev.pando.lab.call;

/** The named class or method does not exist, or cannot be called. The message lists the alternatives. */
public final class WrongTarget extends Exception {
    private static final long serialVersionUID = 1;

    WrongTarget(String message) {
        super(message);
    }
}

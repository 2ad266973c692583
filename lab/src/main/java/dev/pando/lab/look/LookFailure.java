package dev.pando.lab.look;

/** A program could not be looked at; the message is for the user. */
public final class LookFailure extends Exception {
    private static final long serialVersionUID = 1L;

    LookFailure(String message) {
        super(message);
    }
}

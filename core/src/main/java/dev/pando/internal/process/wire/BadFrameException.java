package dev.pando.internal.process.wire;

import java.io.IOException;

/**
 * The bytes on the channel are no message: half of one, too large a one, none of ours, or one too many. Nothing that
 * follows can be trusted.
 */
public final class BadFrameException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean oneTooMany;

    /** Says what is wrong with it. */
    public BadFrameException(String message) {
        this(message, false);
    }

    private BadFrameException(String message, boolean oneTooMany) {
        super(message);
        this.oneTooMany = oneTooMany;
    }

    /** Returns what to throw for a message that no worker sends so often. */
    public static BadFrameException tooMany(String message) {
        return new BadFrameException(message, true);
    }

    /** Returns what the sender did, in words that go on where "it lost its worker io-3: " ends. */
    public String reason() {
        return "it sent " + (oneTooMany ? "more than a worker may" : "what is no message") + " (" + getMessage() + ")";
    }
}

package dev.pando.internal.process.wire;

import java.io.IOException;

/**
 * The bytes on the channel are no message: half of one, too large a one, or none of ours. Nothing after it can be
 * trusted.
 */
public final class BadFrameException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong with it. */
    public BadFrameException(String message) {
        super(message);
    }
}

package dev.pando.internal.shared;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * What makes a handle unguessable: the number of its construct is counted up, and its tag is made of that number and of
 * a secret of this program. So a number that a worker made up is told from one that this program gave away and has
 * forgotten, without a list of all that it ever gave away.
 */
final class HandleTags {
    private static final byte[] SECRET = new byte[32];

    static {
        new SecureRandom().nextBytes(SECRET);
    }

    private HandleTags() {}

    /** Returns the tag of this number. */
    static long of(long number) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(SECRET);
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException e) { // each JDK has it
            throw new IllegalStateException(e);
        }
    }
}

package dev.pando.internal.codec;

import dev.pando.internal.codec.policy.ClassPatterns;
import dev.pando.internal.codec.policy.CodeOrigin;
import dev.pando.internal.codec.policy.ResultPolicy;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/** What a fuzzer feeds to the unpacking of results, compact and serialised: no class is let in but trusted ones. */
public final class ResultFuzz {
    private static final ResultPolicy POLICY = new ResultPolicy(CodeOrigin.NONE, ClassPatterns.NOTHING);
    private static final Codec CODEC = new Codec();

    private static volatile boolean sprung;

    private ResultFuzz() {}

    /** Throws if the bytes are neither a result nor refused, or if they have run code that nothing accepted. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            CODEC.decode(bytes, 0, bytes.length, Direction.RESULT, POLICY);
        } catch (UnsendableException refused) {
            if (String.valueOf(refused.getMessage()).isEmpty() || refused.direction() != Direction.RESULT) {
                throw new AssertionError(refused);
            }
            if (refused.getCause() instanceof OutOfMemoryError) {
                throw new AssertionError("so few bytes filled the heap: " + bytes.length, refused);
            }
        }
        if (sprung) {
            sprung = false;
            throw new AssertionError("a class ran that is not trusted");
        }
    }

    /** A class that no result may hold here. */
    public static final class Trap implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            sprung = true;
            in.defaultReadObject();
        }
    }
}

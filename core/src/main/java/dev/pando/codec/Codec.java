package dev.pando.codec;

import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import org.jspecify.annotations.Nullable;

/** Objects to bytes and back. Without state; any thread may use it. */
public final class Codec {

    /** The bytes of this object, or why it has none. */
    public byte[] encode(@Nullable Object object, Direction direction) throws UnsendableException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (Throwable e) { // a writeObject of the user's may throw anything
            throw Culprit.explain(object, direction, e);
        }
        return bytes.toByteArray();
    }

    /** The object of these bytes, or why there is none. */
    public @Nullable Object decode(byte[] bytes, Direction direction) throws UnsendableException {
        try (ObjectInputStream in = new Resolving(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        } catch (Throwable e) { // so may a readObject, or a static initializer
            throw new UnsendableException(
                    direction, "(where it arrived)", "was sent, but could not be unpacked where it arrived: " + said(e) + ". A"
                            + " readObject, readResolve or record constructor of its own threw, or a class is missing there.", e);
        }
    }

    /** A user's exception may not even be able to say what it is. */
    static String said(Throwable thrown) {
        try {
            return thrown.toString();
        } catch (Throwable unspeakable) {
            return thrown.getClass().getName();
        }
    }

    /** This exception as it arrives on the other side: the same if it can travel, or else a stand-in that says what it was. */
    public Throwable travelled(Throwable thrown) {
        try {
            if (decode(encode(thrown, Direction.RESULT), Direction.RESULT) instanceof Throwable arrived) return arrived;
        } catch (UnsendableException e) {
            // then a stand-in it is
        }
        return StandIn.of(thrown);
    }

    /** Finds classes where the thread that decodes would find them. */
    private static final class Resolving extends ObjectInputStream {
        Resolving(InputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            if (loader == null) return super.resolveClass(description);
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description); // primitives, and what only this library sees
            }
        }
    }
}

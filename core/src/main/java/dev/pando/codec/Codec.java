package dev.pando.codec;

import dev.pando.internal.util.ThrowableText;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Objects to bytes and back, the short way ({@link Quick}) or that of Java serialisation. Any thread may use it. The streams of
 * the long way are not named here: a new worker loads them when something takes that way.
 */
public final class Codec {
    private final @Nullable Loaders loaders;
    private final @Nullable ClassLoader home;
    private final QuickForms forms;
    private final @Nullable Shared shared;

    /** Finds classes where the thread that decodes would find them, and knows of no other loader. */
    public Codec() {
        this(null, null);
    }

    /** Finds classes without a number where the decoding thread would, and the others through these loaders. */
    public Codec(Loaders loaders) {
        this(loaders, null);
    }

    /** Finds classes without a number in {@code home}, or if it is {@code null} where the thread that decodes would. */
    public Codec(@Nullable Loaders loaders, @Nullable ClassLoader home) {
        this(loaders, home, null);
    }

    private Codec(@Nullable Loaders loaders, @Nullable ClassLoader home, @Nullable Shared shared) {
        this.loaders = loaders;
        this.home = home;
        this.shared = shared;
        this.forms = new QuickForms(home);
    }

    /** Returns a codec like this one, for a connection whose two sides see this memory. */
    public Codec sharing(Shared memory) {
        return new Codec(loaders, home, memory);
    }

    /** Returns null if the work goes the long way, which also finds out what is wrong with it. */
    private @Nullable Packed quick(Callable<?> work) {
        try {
            return QuickWriter.pack(work, loaders);
        } catch (ReflectiveOperationException | LinkageError e) {
            return null;
        }
    }

    private static byte @Nullable [] quick(@Nullable Object value) {
        try {
            return QuickWriter.encode(value);
        } catch (ReflectiveOperationException | LinkageError e) {
            return null;
        }
    }

    /** Returns the bytes of this object, or throws why it has none. */
    public byte[] encode(@Nullable Object object, Direction direction) throws UnsendableException {
        byte[] quick = quick(object);
        if (quick != null) return quick;
        Sending sending = new Sending(shared);
        byte[] bytes = encode(object, direction, null, sending);
        sending.complete();
        return bytes;
    }

    /**
     * Returns the bytes of this work, and where its code came from. Work that was typed in jshell takes along the variables
     * that it uses, or else they would be zero on the other side.
     */
    public Packed pack(Callable<?> work) throws UnsendableException {
        Packed quick = quick(work);
        if (quick != null) return quick;
        Trail trail = new Trail();
        Sending sending = new Sending(shared);
        byte[] bytes = encode(work, Direction.ARGUMENT, trail, sending);
        Packed packed = trail.fromJShell().isEmpty()
                ? new Packed(bytes, trail.origin(), trail.loaders(), sending.attachments(), null)
                : new ReplPacking((object, passed) -> encode(object, Direction.ARGUMENT, passed, sending), work, sending).pack(bytes, trail);
        sending.complete();
        return packed;
    }

    /** Gets ready to make lambdas of this template, and runs no code of the user's for that. */
    public void meet(byte[] template) throws Throwable {
        forms.lambda(template, 0, template.length).rehearse();
    }

    /** Encodes the long way. Lets go of what the message took along if that fails. */
    private byte[] encode(@Nullable Object object, Direction direction, @Nullable Trail trail, Sending sending) throws UnsendableException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try {
            Writing.write(object, bytes, loaders, trail, shared == null ? null : sending);
        } catch (Throwable e) { // a writeObject of the user's may throw anything
            sending.letGo();
            throw Culprit.explain(object, direction, e);
        }
        return bytes.toByteArray();
    }

    /** Returns the object of these bytes, or throws why there is none. */
    public @Nullable Object decode(byte[] bytes, Direction direction) throws UnsendableException {
        return decode(bytes, 0, bytes.length, direction);
    }

    /** Decodes a part of these bytes, without a copy. */
    public @Nullable Object decode(byte[] bytes, int offset, int length, Direction direction) throws UnsendableException {
        return decode(bytes, offset, length, direction, null);
    }

    /** Decodes bytes from an untrusted sender: builds nothing that these customs do not let in. Null means the sender is trusted. */
    public @Nullable Object decode(byte[] bytes, int offset, int length, Direction direction, @Nullable Customs customs)
            throws UnsendableException {
        if (Quick.is(bytes, offset, length)) return quick(bytes, offset, length, direction, customs);
        Inspection inspection = customs == null ? null : new Inspection(customs, length);
        ByteArrayInputStream range = new ByteArrayInputStream(bytes, offset, length);
        try {
            return Reading.read(range, loaders, whereToLook(), inspection, shared);
        } catch (Throwable e) { // a readObject of the user's, or a static initializer, may throw anything
            String message = inspection == null ? null : inspection.refusal(e);
            if (message == null) message = broken(e);
            throw new UnsendableException(direction, "(where it arrived)", message, e);
        }
    }

    private @Nullable Object quick(byte[] bytes, int offset, int length, Direction direction, @Nullable Customs customs)
            throws UnsendableException {
        try {
            return QuickReader.decode(bytes, offset, length, forms, customs);
        } catch (Throwable e) { // a static initializer may throw anything
            throw new UnsendableException(direction, "(where it arrived)", broken(e), e);
        }
    }

    private static String broken(Throwable thrown) {
        return "was sent, but could not be unpacked where it arrived: " + ThrowableText.describe(thrown) + ". A readObject, readResolve or record"
                + " constructor of its own threw, or a class is missing there.";
    }

    private @Nullable ClassLoader whereToLook() {
        return home != null ? home : Thread.currentThread().getContextClassLoader();
    }

    /** Returns this exception as it would arrive on the other side: a copy if it can travel, or else a stand-in. */
    public Throwable travelled(Throwable thrown) {
        Throwable arrived = rebuilt(original(thrown), null);
        return arrived == null ? StandIn.of(thrown) : arrived;
    }

    /** Encodes an exception: its own bytes if it can be rebuilt from them at least here, and those of its stand-in. */
    public Told tell(Throwable thrown) {
        byte[] original = original(thrown);
        if (rebuilt(original, null) == null) original = null;
        try {
            return new Told(original, encode(StandIn.of(thrown), Direction.RESULT));
        } catch (UnsendableException impossible) { // it holds texts and frames
            throw new AssertionError(impossible);
        }
    }

    /** Decodes an exception: a copy if it can be rebuilt here and these customs let it in, or else its stand-in. */
    public Throwable heard(Told told, @Nullable Customs customs) {
        Throwable original = rebuilt(told.original(), customs);
        if (original != null) return original;
        Throwable standIn = rebuilt(told.standIn(), customs);
        return standIn == null ? StandIn.ofUnreadable() : standIn;
    }

    private byte @Nullable [] original(Throwable thrown) {
        try {
            return encode(thrown, Direction.RESULT);
        } catch (UnsendableException e) {
            return null;
        }
    }

    private @Nullable Throwable rebuilt(byte @Nullable [] bytes, @Nullable Customs customs) {
        if (bytes == null) return null;
        try {
            return decode(bytes, 0, bytes.length, Direction.RESULT, customs) instanceof Throwable thrown ? thrown : null;
        } catch (UnsendableException e) {
            return null;
        }
    }
}

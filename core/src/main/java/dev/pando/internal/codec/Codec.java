package dev.pando.internal.codec;

import dev.pando.internal.codec.compact.CompactFormat;
import dev.pando.internal.codec.compact.CompactFormatCache;
import dev.pando.internal.codec.compact.CompactReader;
import dev.pando.internal.codec.compact.CompactWriter;
import dev.pando.internal.codec.jshell.JShellPacking;
import dev.pando.internal.codec.message.EncodedThrowable;
import dev.pando.internal.codec.message.LoaderNumbers;
import dev.pando.internal.codec.message.MemoryAttachments;
import dev.pando.internal.codec.message.PackedWork;
import dev.pando.internal.codec.message.SharedMemory;
import dev.pando.internal.codec.policy.ClassTrace;
import dev.pando.internal.codec.policy.ResultFilter;
import dev.pando.internal.codec.policy.ResultPolicy;
import dev.pando.internal.util.ThrowableText;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.ByteArrayInputStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Objects to bytes and back, the short way ({@link CompactFormat}) or that of Java serialisation. Any thread may use
 * it. The streams of the long way are not named here: a new worker loads them when something takes that way.
 */
public final class Codec {
    /** The most bytes of a message: half of what an array can hold, and what a frame between processes holds. */
    private static final int LARGEST = 1 << 30;

    private final @Nullable LoaderNumbers loaderNumbers;
    private final @Nullable ClassLoader home;
    private final CompactFormatCache forms;
    private final @Nullable SharedMemory sharedMemory;
    private final int largest;

    /** Finds classes where the thread that decodes would find them, and knows of no other loader. */
    public Codec() {
        this(null, null);
    }

    /** Finds classes without a number where the decoding thread would, and the others through these loaders. */
    public Codec(LoaderNumbers loaderNumbers) {
        this(loaderNumbers, null);
    }

    /** Finds classes without a number in {@code home}, or if it is {@code null} where the thread that decodes would. */
    public Codec(@Nullable LoaderNumbers loaderNumbers, @Nullable ClassLoader home) {
        this(loaderNumbers, home, null, LARGEST);
    }

    private Codec(
            @Nullable LoaderNumbers loaderNumbers,
            @Nullable ClassLoader home,
            @Nullable SharedMemory sharedMemory,
            int largest) {
        this.largest = largest;
        this.loaderNumbers = loaderNumbers;
        this.home = home;
        this.sharedMemory = sharedMemory;
        this.forms = new CompactFormatCache(home);
    }

    /** Returns a codec like this one, for a connection whose two sides see this memory. */
    public Codec sharing(SharedMemory memory) {
        return new Codec(loaderNumbers, home, memory, largest);
    }

    /** Returns a codec like this one that refuses messages of more bytes, if they go the long way. */
    Codec atMost(int bytes) {
        return new Codec(loaderNumbers, home, sharedMemory, bytes);
    }

    /** Returns null if the work goes the long way, which also finds out what is wrong with it. */
    private @Nullable PackedWork quick(Callable<?> work) throws UnsendableException {
        try {
            return CompactWriter.pack(work, loaderNumbers);
        } catch (ReflectiveOperationException | LinkageError e) {
            return null;
        } catch (OutOfMemoryError noMemory) { // the long way needs more
            throw UnserializablePath.explain(work, Direction.ARGUMENT, noMemory, largest);
        }
    }

    private byte @Nullable [] quick(@Nullable Object value, Direction direction) throws UnsendableException {
        try {
            return CompactWriter.encode(value);
        } catch (ReflectiveOperationException | LinkageError e) {
            return null;
        } catch (OutOfMemoryError noMemory) { // the long way needs more
            throw UnserializablePath.explain(value, direction, noMemory, largest);
        }
    }

    /** Returns the bytes of this object, or throws why it has none. */
    public byte[] encode(@Nullable Object object, Direction direction) throws UnsendableException {
        byte[] quick = quick(object, direction);
        if (quick != null) {
            return quick;
        }
        MemoryAttachments memoryAttachments = new MemoryAttachments(sharedMemory);
        byte[] bytes = encode(object, direction, null, memoryAttachments);
        memoryAttachments.complete();
        return bytes;
    }

    /**
     * Returns the bytes of this work, and where its code came from. Work that was typed in jshell takes along the
     * variables that it uses, or else they would be zero on the other side.
     */
    public PackedWork pack(Callable<?> work) throws UnsendableException {
        PackedWork quick = quick(work);
        if (quick != null) {
            return quick;
        }
        ClassTrace trace = new ClassTrace();
        MemoryAttachments memoryAttachments = new MemoryAttachments(sharedMemory);
        byte[] bytes = encode(work, Direction.ARGUMENT, trace, memoryAttachments);
        PackedWork packed = trace.fromJShell().isEmpty()
                ? new PackedWork(bytes, trace.origin(), trace.loaders(), memoryAttachments.attachments(), null)
                : new JShellPacking(
                                (object, passed) -> encode(object, Direction.ARGUMENT, passed, memoryAttachments),
                                work,
                                memoryAttachments)
                        .pack(bytes, trace);
        memoryAttachments.complete();
        return packed;
    }

    /** Gets ready to make lambdas of this template, and runs no code of the user's for that. */
    public void rehearse(byte[] template) throws Throwable {
        forms.lambda(template, 0, template.length).rehearse();
    }

    /** Encodes the long way. Lets go of what the message took along if that fails. */
    private byte[] encode(
            @Nullable Object object,
            Direction direction,
            @Nullable ClassTrace trace,
            MemoryAttachments memoryAttachments)
            throws UnsendableException {
        try {
            return CodecObjectOutput.write(
                    object, largest, loaderNumbers, trace, sharedMemory == null ? null : memoryAttachments);
        } catch (Throwable e) { // a writeObject of the user's may throw anything
            memoryAttachments.letGo();
            throw UnserializablePath.explain(object, direction, e, largest);
        }
    }

    /** Returns the object of these bytes, or throws why there is none. */
    public @Nullable Object decode(byte[] bytes, Direction direction) throws UnsendableException {
        return decode(bytes, 0, bytes.length, direction);
    }

    /** Decodes a part of these bytes, without a copy. */
    public @Nullable Object decode(byte[] bytes, int offset, int length, Direction direction)
            throws UnsendableException {
        return decode(bytes, offset, length, direction, null);
    }

    /**
     * Decodes bytes from an untrusted sender: builds nothing that this policy does not let in. Null means the sender is
     * trusted.
     */
    public @Nullable Object decode(
            byte[] bytes, int offset, int length, Direction direction, @Nullable ResultPolicy policy)
            throws UnsendableException {
        if (CompactFormat.is(bytes, offset, length)) {
            return quick(bytes, offset, length, direction, policy);
        }
        ResultFilter filter = policy == null ? null : new ResultFilter(policy, length);
        ByteArrayInputStream range = new ByteArrayInputStream(bytes, offset, length);
        try {
            return CodecObjectInput.read(range, loaderNumbers, whereToLook(), filter, sharedMemory);
        } catch (Throwable e) { // a readObject of the user's, or a static initializer, may throw anything
            String message = filter == null ? null : filter.refusal(e);
            if (message == null) {
                message = broken(e);
            }
            throw new UnsendableException(direction, "(where it arrived)", message, e);
        }
    }

    private @Nullable Object quick(
            byte[] bytes, int offset, int length, Direction direction, @Nullable ResultPolicy policy)
            throws UnsendableException {
        try {
            return CompactReader.decode(bytes, offset, length, forms, policy);
        } catch (Throwable e) { // a static initializer may throw anything
            throw new UnsendableException(direction, "(where it arrived)", broken(e), e);
        }
    }

    private static String broken(Throwable thrown) {
        Throwable first = thrown;
        // of a class that could not be initialized a later use says only that, and has the first failure as its cause
        while (first instanceof LinkageError && first.getCause() != null) {
            first = first.getCause();
        }
        if (first != thrown) {
            return "was sent, but could not be unpacked where it arrived: a static initializer threw "
                    + ThrowableText.describe(first);
        }
        if (thrown instanceof OutOfMemoryError) {
            return "was sent, but could not be unpacked where it arrived: the heap was full there ("
                    + ThrowableText.describe(thrown) + "): send less, or give that JVM a larger heap";
        }
        return "was sent, but could not be unpacked where it arrived: " + ThrowableText.describe(thrown)
                + ". A readObject, readResolve or record"
                + " constructor of its own threw, or a class is missing there.";
    }

    private @Nullable ClassLoader whereToLook() {
        return home != null ? home : Thread.currentThread().getContextClassLoader();
    }

    /** Returns this exception as it would arrive on the other side: a copy if it can travel, or else a stand-in. */
    public Throwable roundTrip(Throwable thrown) {
        try {
            return rebuilt(encode(thrown, Direction.RESULT), null);
        } catch (UnsendableException e) {
            return StandInException.of(thrown, e.getMessage());
        }
    }

    /** Encodes an exception: its own bytes if it can be rebuilt from them at least here, and those of its stand-in. */
    public EncodedThrowable encodeThrowable(Throwable thrown) {
        byte[] original = null;
        String why = null;
        try {
            byte[] bytes = encode(thrown, Direction.RESULT);
            rebuilt(bytes, null);
            original = bytes;
        } catch (UnsendableException e) {
            why = e.getMessage();
        }
        try {
            return new EncodedThrowable(original, encode(StandInException.of(thrown, why), Direction.RESULT));
        } catch (UnsendableException impossible) { // it holds texts and frames
            throw new AssertionError(impossible);
        }
    }

    /** Decodes an exception: a copy if it can be rebuilt here and this policy lets it in, or else its stand-in. */
    public Throwable decodeThrowable(EncodedThrowable encodedThrowable, @Nullable ResultPolicy policy) {
        byte[] original = encodedThrowable.original();
        String refusal = null;
        if (original != null && original.length > 0) {
            try {
                return rebuilt(original, policy);
            } catch (UnsendableException e) {
                refusal = e.getMessage();
            }
        }
        try {
            Throwable standIn = rebuilt(encodedThrowable.standIn(), policy);
            if (refusal != null) {
                StandInException.refused(standIn, refusal);
            }
            return standIn;
        } catch (UnsendableException e) {
            return StandInException.ofUnreadable();
        }
    }

    private Throwable rebuilt(byte[] bytes, @Nullable ResultPolicy policy) throws UnsendableException {
        if (decode(bytes, 0, bytes.length, Direction.RESULT, policy) instanceof Throwable thrown) {
            return thrown;
        }
        throw new UnsendableException(
                Direction.RESULT, "(where it arrived)", "did not arrive as an exception", new ClassCastException());
    }
}

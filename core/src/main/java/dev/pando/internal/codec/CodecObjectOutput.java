package dev.pando.internal.codec;

import dev.pando.internal.codec.message.LoaderNumbers;
import dev.pando.internal.codec.message.MemoryAttachments;
import dev.pando.internal.codec.message.SentValue;
import dev.pando.internal.codec.policy.ClassTrace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/**
 * Writes one message: after the descriptor of a class the number of its loader, and on the side where it all comes
 * from.
 */
final class CodecObjectOutput extends ObjectOutputStream {
    private final @Nullable LoaderNumbers loaderNumbers;
    private final @Nullable ClassTrace trace;
    private final @Nullable MemoryAttachments memoryAttachments;

    private CodecObjectOutput(
            OutputStream out,
            @Nullable LoaderNumbers loaderNumbers,
            @Nullable ClassTrace trace,
            @Nullable MemoryAttachments memoryAttachments)
            throws IOException {
        super(out);
        this.loaderNumbers = loaderNumbers;
        this.trace = trace;
        this.memoryAttachments = memoryAttachments;
        enableReplaceObject(true);
    }

    /**
     * Returns the bytes of the object, or throws {@link MessageSizeException} if these are more than {@code largest}.
     */
    static byte[] write(
            @Nullable Object object,
            int largest,
            @Nullable LoaderNumbers loaderNumbers,
            @Nullable ClassTrace trace,
            @Nullable MemoryAttachments memoryAttachments)
            throws IOException {
        MessageBytes bytes = new MessageBytes(largest);
        try (ObjectOutputStream out = new CodecObjectOutput(bytes, loaderNumbers, trace, memoryAttachments)) {
            out.writeObject(object);
        } catch (Throwable e) {
            if (bytes.isFull) { // a writeObject of the user's may have put the exception into one of its own
                throw new MessageSizeException();
            }
            throw e;
        }
        if (bytes.isFull) { // it may even have caught it
            throw new MessageSizeException();
        }
        return bytes.toByteArray();
    }

    /** There are more bytes than may be. */
    static final class MessageSizeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Takes bytes up to a limit, so that no message becomes longer than an array can be. */
    private static final class MessageBytes extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        private final int largest;
        private boolean isFull;

        MessageBytes(int largest) {
            this.largest = largest;
        }

        @Override
        public void write(int one) throws IOException {
            makeRoom(1);
            bytes.write(one);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            makeRoom(length);
            bytes.write(from, offset, length);
        }

        private void makeRoom(int length) throws MessageSizeException {
            isFull |= length > largest - bytes.size();
            if (isFull) {
                throw new MessageSizeException();
            }
        }

        byte[] toByteArray() {
            return bytes.toByteArray();
        }
    }

    @Override
    protected void annotateClass(Class<?> type) throws IOException {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.componentType();
        }
        number(element);
        if (trace != null) {
            trace.passed(element);
        }
    }

    @Override
    protected void annotateProxyClass(Class<?> type) throws IOException {
        number(type);
        if (trace == null) {
            return;
        }
        for (Class<?> face : type.getInterfaces()) {
            trace.passed(face);
        }
    }

    private void number(Class<?> type) throws IOException {
        int number = loaderNumbers == null ? 0 : loaderNumbers.numberOf(type);
        if (number != 0) {
            writeInt(number);
        }
    }

    /**
     * Returns an exception that keeps its message. The JVM makes the message of its own exceptions when it is asked,
     * from the code around; the exception itself has none that could travel.
     */
    private static NullPointerException told(NullPointerException thrown) {
        String message = thrown.getMessage();
        if (message == null) {
            return thrown;
        }
        NullPointerException told = new NullPointerException(message);
        told.setStackTrace(thrown.getStackTrace());
        if (thrown.getCause() != null) {
            told.initCause(thrown.getCause());
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            told.addSuppressed(suppressed);
        }
        return told;
    }

    /** Also where lambdas can be seen as what they are written as. */
    @Override
    protected Object replaceObject(Object object) throws IOException {
        if (object.getClass() == NullPointerException.class) {
            return told((NullPointerException) object);
        }
        if (trace != null && object instanceof SerializedLambda lambda) {
            trace.passed(lambda);
        }
        if (!(object instanceof Serializable)) {
            return SentValue.of(object);
        }
        return memoryAttachments == null ? object : memoryAttachments.replaced(object);
    }
}

package dev.pando.internal.codec;

import dev.pando.internal.codec.message.LoaderNumbers;
import dev.pando.internal.codec.message.MemoryAttachments;
import dev.pando.internal.codec.message.SentValue;
import dev.pando.internal.codec.policy.ClassTrace;
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

    /** Writes the object as the only one of these bytes. */
    static void write(
            @Nullable Object object,
            OutputStream bytes,
            @Nullable LoaderNumbers loaderNumbers,
            @Nullable ClassTrace trace,
            @Nullable MemoryAttachments memoryAttachments)
            throws IOException {
        try (ObjectOutputStream out = new CodecObjectOutput(bytes, loaderNumbers, trace, memoryAttachments)) {
            out.writeObject(object);
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

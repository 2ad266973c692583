package dev.pando.internal.codec;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** What to do about an object that cannot be sent. Each hint is given only where it helps. */
final class SendingAdvice {

    /** How a lambda came to hold an object, or what leads to it. */
    enum Capture {
        /** No lambda holds it. */
        NONE,
        /** A local variable, or an argument. */
        VARIABLE,
        /** The object before the two colons of a method reference. */
        RECEIVER,
        /** The object in whose method the lambda is written. */
        THIS
    }

    private SendingAdvice() {}

    /** @param field where the object was found; {@code null}: in no field */
    static String about(Object object, Capture capture, @Nullable Field field) {
        Class<?> type = object.getClass();
        if (type.isHidden() && type.isSynthetic()) {
            return "It is a lambda typed as a plain interface: write it as a Task, Fn or Action, or cast it to one.";
        }
        boolean ofTheProgram = capture == Capture.THIS || capture == Capture.RECEIVER;
        if (ofTheProgram && CompactSourceFiles.is(type)) {
            return (capture == Capture.THIS ? "A lambda" : "A method reference")
                    + " that uses a field or a method of the program takes all of the program along: make the field or"
                    + " method it uses static.";
        }
        String ofItsKind = ofItsKind(object);
        String ofItsHolder = ofItsHolder(capture, field);
        if (ofItsHolder == null) {
            return ofItsKind != null ? ofItsKind : general(type, field);
        }
        return ofItsKind == null ? ofItsHolder : ofItsHolder + " " + ofItsKind;
    }

    private static @Nullable String ofItsHolder(Capture capture, @Nullable Field field) {
        if (field != null && field.isSynthetic() && field.getName().startsWith("this$")) {
            return "A class within a class or a method takes the object around it along: make it static, a record, or a"
                    + " lambda.";
        }
        return switch (capture) {
            case THIS ->
                "The lambda uses a field or a method of `this`, and so takes all of `this` along: copy what it needs"
                        + " into a local variable first" + transience(field) + ", or create it inside the task.";
            case RECEIVER ->
                "The method reference takes its object along: refer to a static method" + transience(field)
                        + ", or create the object inside the task.";
            case VARIABLE, NONE -> null;
        };
    }

    private static @Nullable String ofItsKind(Object object) {
        return switch (object) {
            case Path path ->
                "It is a path in a file system of its own ("
                        + path.getFileSystem().provider().getScheme()
                        + "): send its toUri() as text, and open that file system inside the task.";
            case ThreadLocal<?> local ->
                "A thread-local belongs to its JVM: keep it in a static field, and write a lambda that names that"
                        + " field, as `() -> TRACE.get()` does. The worker then uses its own.";
            case ScopedValue<?> value ->
                "A scoped value belongs to its JVM: keep it in a static field, and carry what is bound to it with"
                        + " ContextCarrier.of(() -> USER).";
            case BaseStream<?, ?> stream -> "Collect its elements into a list, and send that.";
            case Iterator<?> iterator -> "Send the collection, or a list of the elements.";
            case Spliterator<?> spliterator -> "Send the collection, or a list of the elements.";
            case Future<?> future -> "Wait for its result, and send that.";
            case Executor executor -> "A pool stays in its JVM: open one inside the task, or submit from here.";
            default -> null;
        };
    }

    private static String general(Class<?> type, @Nullable Field field) {
        return type.getModule().isNamed() && type.getModule().getName().startsWith("java.")
                ? "It belongs to its JVM: create it inside the task, from what can be sent"
                        + (transience(field).isEmpty() ? "." : ", and mark the field transient.")
                : "Make it Serializable (a record is easiest)" + transience(field) + ", or create it inside the task.";
    }

    /** Of a field that may be left out, which one of a record may not. */
    private static String transience(@Nullable Field field) {
        return field == null || field.getDeclaringClass().isRecord() ? "" : ", mark the field transient";
    }
}

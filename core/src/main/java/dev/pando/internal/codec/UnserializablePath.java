package dev.pando.internal.codec;

import dev.pando.internal.codec.SendingAdvice.Capture;
import dev.pando.internal.codec.message.SentValue;
import dev.pando.internal.util.ThrowableText;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what it was that could not be serialised, and the way to it: {@code lambda in Shop.bill → captured Shop → field
 * conn}. Walks the objects breadth first, so that it finds the shortest way; only after a failure, so that sending what
 * can be sent costs nothing.
 */
final class UnserializablePath {
    /**
     * How many objects are looked at before the message does without a path. Some milliseconds of work, at the end of a
     * call that has failed already, and more than a person would follow.
     */
    private static final int MAX_OBJECTS_WALKED = 100_000;

    /**
     * @param capture how the last lambda on the way came to hold what leads here
     * @param field the field that holds the object; {@code null}: none does
     */
    private record ObjectPlace(
            Object object,
            String path,
            Capture capture,
            @Nullable Field field) {}

    private final ArrayDeque<ObjectPlace> open = new ArrayDeque<>();
    private final IdentityHashMap<Object, Boolean> found = new IdentityHashMap<>();

    private UnserializablePath() {}

    /** @param largest how many bytes a message may have */
    static UnsendableException explain(@Nullable Object root, Direction direction, Throwable failure, int largest) {
        if (failure instanceof CodecObjectOutput.MessageSizeException) {
            return new UnsendableException(
                    direction,
                    "(its size)",
                    "cannot be sent: it takes more than " + (largest >> 20)
                            + " MiB, and that is the most that travels at once. Send the name of a file, or several"
                            + " smaller pieces.",
                    null);
        }
        if (failure instanceof NotSerializableException && isOfTheJdk(failure)) {
            ObjectPlace culprit = root == null ? null : new UnserializablePath().find(root);
            String type = culprit == null
                    ? String.valueOf(failure.getMessage())
                    : culprit.object.getClass().getName();
            String path = culprit == null ? "somewhere inside" : culprit.path;
            return new UnsendableException(
                    direction,
                    path,
                    "cannot be sent: " + path + ": " + type + " is not serializable." + advice(culprit),
                    failure);
        }
        if (failure instanceof StackOverflowError) {
            return new UnsendableException(
                    direction,
                    "(too deep)",
                    "cannot be sent: its objects are linked too deeply, as a long linked list of your own would be;"
                            + " send a collection or an array instead",
                    failure);
        }
        if (failure instanceof OutOfMemoryError) {
            return new UnsendableException(
                    direction,
                    "(no memory)",
                    "cannot be sent: the heap of the JVM that wrote it was full (" + ThrowableText.describe(failure)
                            + "): send less, or give that JVM a larger heap",
                    failure);
        }
        return new UnsendableException(
                direction,
                "(its own code)",
                "cannot be sent: writing it threw " + ThrowableText.describe(failure)
                        + ", in a writeObject or writeReplace of its own",
                failure);
    }

    /** Returns whether the stream refused a class; the message of code of the user's own names no class. */
    private static boolean isOfTheJdk(Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        return stack.length == 0 || stack[0].getClassName().equals(ObjectOutputStream.class.getName());
    }

    private static String advice(@Nullable ObjectPlace culprit) {
        return culprit == null ? "" : " " + SendingAdvice.about(culprit.object, culprit.capture, culprit.field);
    }

    private @Nullable ObjectPlace find(Object root) {
        look(root, "", Capture.NONE, null);
        for (int i = 0; i < MAX_OBJECTS_WALKED && !open.isEmpty(); i++) {
            ObjectPlace place = open.remove();
            if (!(place.object instanceof Serializable) && SentValue.of(place.object) == place.object) {
                return place;
            }
            try {
                expand(place);
            } catch (RuntimeException e) { // a collection that cannot be walked: its fields may tell
                fields(place);
            }
        }
        return null;
    }

    private void look(@Nullable Object object, String path, Capture capture, @Nullable Field field) {
        if (object == null || found.put(object, true) != null) {
            return;
        }
        open.add(new ObjectPlace(object, path.isEmpty() ? describe(object) : path, capture, field));
    }

    /** As the others, for what a place holds in no field. */
    private void look(@Nullable Object object, ObjectPlace holder, String step) {
        look(object, holder.path + step, holder.capture, null);
    }

    private void expand(ObjectPlace place) {
        Object object = place.object;
        switch (object) {
            case Enum<?> constant -> {} // written by its name: its fields stay at home
            case Object[] array -> {
                for (int i = 0; i < array.length; i++) {
                    look(array[i], place, "[" + i + "]");
                }
            }
            case Map<?, ?> map ->
                map.forEach((key, value) -> {
                    look(key, place, " → key " + brief(key));
                    look(value, place, " → value of " + brief(key));
                });
            case Iterable<?> elements
            when object.getClass().getName().startsWith("java.") -> {
                int i = 0;
                for (Object element : elements) {
                    look(element, place, " → element " + i++);
                }
            }
            case Optional<?> optional -> optional.ifPresent(value -> look(value, place, " → its value"));
            case Map.Entry<?, ?> entry
            when object.getClass().getName().startsWith("java.") -> {
                look(entry.getKey(), place, " → key " + brief(entry.getKey()));
                look(entry.getValue(), place, " → value of " + brief(entry.getKey()));
            }
            default -> {
                SerializedLambda lambda = lambda(object);
                if (lambda != null) {
                    captured(place, lambda);
                } else {
                    fields(place);
                }
            }
        }
    }

    private void captured(ObjectPlace place, SerializedLambda lambda) {
        int kind = lambda.getImplMethodKind();
        boolean ofAnObject = kind != MethodHandleInfo.REF_invokeStatic && kind != MethodHandleInfo.REF_newInvokeSpecial;
        Capture first = !ofAnObject
                ? Capture.VARIABLE
                : lambda.getImplMethodName().startsWith("lambda$") ? Capture.THIS : Capture.RECEIVER;
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            Object argument = lambda.getCapturedArg(i);
            if (argument != null) {
                String path = place.path + " → captured " + simple(argument);
                look(argument, path, i == 0 ? first : Capture.VARIABLE, null);
            }
        }
    }

    private void fields(ObjectPlace place) {
        String from = isOurs(place.object) ? "" : place.path;
        for (Class<?> type = place.object.getClass(); type != null; type = type.getSuperclass()) {
            if (!Serializable.class.isAssignableFrom(type)) {
                break; // a plain superclass is not written
            }
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) || Modifier.isTransient(field.getModifiers())) {
                    continue;
                }
                if (field.getType().isPrimitive() || !open(field)) {
                    continue;
                }
                Object value = read(field, place.object);
                if (from.isEmpty()) {
                    look(value, ours(field, value), place.capture, null);
                } else {
                    look(value, from + " → field " + field.getName(), place.capture, field);
                }
            }
        }
    }

    /**
     * Returns whether Pando packs a function and its arguments in the object, or a context: the path starts below
     * those.
     */
    private static boolean isOurs(Object object) {
        String name = object.getClass().getName();
        return name.startsWith("dev.pando.internal.task.SubmittedWork$")
                || name.startsWith("dev.pando.internal.task.CarriedContext$");
    }

    private static String ours(Field field, @Nullable Object value) {
        if (value == null || lambda(value) != null) {
            return "";
        }
        return switch (field.getName()) {
            case "argument", "first", "second" -> "argument " + simple(value);
            case "captured", "bound" -> "context " + simple(value);
            default -> "";
        };
    }

    private static boolean open(AccessibleObject member) {
        try {
            return member.trySetAccessible();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static @Nullable Object read(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            return null;
        }
    }

    /** Returns what a serialisable lambda is written as. Returns null for anything else. */
    private static @Nullable SerializedLambda lambda(Object object) {
        if (!object.getClass().isHidden()) {
            return null;
        }
        try {
            Method replace = object.getClass().getDeclaredMethod("writeReplace");
            return open(replace) && replace.invoke(object) instanceof SerializedLambda lambda ? lambda : null;
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private static String describe(Object object) {
        SerializedLambda lambda = lambda(object);
        if (lambda == null) {
            return simple(object);
        }
        String where = lambda.getCapturingClass().replace('/', '.');
        String method = lambda.getImplMethodName();
        return method.startsWith("lambda$")
                ? "lambda in " + simple(where) + "." + method.substring(7).replaceFirst("\\$.*", "")
                : simple(lambda.getImplClass().replace('/', '.')) + "::" + method;
    }

    private static String brief(@Nullable Object key) {
        return key instanceof String || key instanceof Number
                ? String.valueOf(key)
                : key == null ? "null" : simple(key);
    }

    private static String simple(Object object) {
        if (object.getClass().isArray()) {
            return object.getClass().getSimpleName();
        }
        return object.getClass().isHidden()
                ? "lambda"
                : simple(object.getClass().getName());
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
    }
}

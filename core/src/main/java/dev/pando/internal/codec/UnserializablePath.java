package dev.pando.internal.codec;

import dev.pando.internal.util.ThrowableText;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
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

    private record ObjectPlace(Object object, String path) {}

    private final ArrayDeque<ObjectPlace> open = new ArrayDeque<>();
    private final IdentityHashMap<Object, Boolean> found = new IdentityHashMap<>();

    private UnserializablePath() {}

    static UnsendableException explain(@Nullable Object root, Direction direction, Throwable failure) {
        if (failure instanceof NotSerializableException && isOfTheJdk(failure)) {
            ObjectPlace culprit = root == null ? null : new UnserializablePath().find(root);
            String type = culprit == null
                    ? String.valueOf(failure.getMessage())
                    : culprit.object.getClass().getName();
            String path = culprit == null ? "somewhere inside" : culprit.path;
            return new UnsendableException(
                    direction,
                    path,
                    "cannot be sent: " + path + ": " + type + " is not serializable. " + advice(culprit),
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
        if (culprit != null && culprit.object.getClass().isHidden()) {
            return "It is a lambda typed as a plain interface: write it as a Task, Fn or Action, or cast it to one.";
        }
        if (culprit != null && CompactSourceFiles.is(culprit.object.getClass())) {
            return "A lambda that uses a field or a method of the program takes all of the program along: make the"
                    + " field or method it uses static.";
        }
        if (culprit != null && culprit.path.contains("captured")) {
            return "A lambda that uses a field or a method of `this` takes all of `this` along: copy what it needs"
                    + " into a local variable first, make the field transient, or create it inside the task.";
        }
        return "Make it Serializable (a record is easiest), mark the field transient, or create it inside the task.";
    }

    private @Nullable ObjectPlace find(Object root) {
        look(root, "");
        for (int i = 0; i < MAX_OBJECTS_WALKED && !open.isEmpty(); i++) {
            ObjectPlace place = open.remove();
            if (!(place.object instanceof Serializable)) {
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

    private void look(@Nullable Object object, String path) {
        if (object == null || found.put(object, true) != null) {
            return;
        }
        open.add(new ObjectPlace(object, path.isEmpty() ? describe(object) : path));
    }

    private void expand(ObjectPlace place) {
        Object object = place.object;
        switch (object) {
            case Enum<?> constant -> {} // written by its name: its fields stay at home
            case Object[] array -> {
                for (int i = 0; i < array.length; i++) {
                    look(array[i], place.path + "[" + i + "]");
                }
            }
            case Map<?, ?> map ->
                map.forEach((key, value) -> {
                    look(key, place.path + " → key " + brief(key));
                    look(value, place.path + " → value of " + brief(key));
                });
            case Iterable<?> elements
            when object.getClass().getName().startsWith("java.") -> {
                int i = 0;
                for (Object element : elements) {
                    look(element, place.path + " → element " + i++);
                }
            }
            case Optional<?> optional -> optional.ifPresent(value -> look(value, place.path + " → its value"));
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
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            Object argument = lambda.getCapturedArg(i);
            if (argument != null) {
                look(argument, place.path + " → captured " + simple(argument));
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
                look(value, from.isEmpty() ? ours(field, value) : from + " → field " + field.getName());
            }
        }
    }

    /**
     * Returns whether the object is a record in which Pando packs a function and its arguments: the path starts below
     * those.
     */
    private static boolean isOurs(Object object) {
        return object.getClass().getName().startsWith("dev.pando.internal.task.SubmittedWork$");
    }

    private static String ours(Field field, @Nullable Object value) {
        if (value == null || lambda(value) != null) {
            return "";
        }
        return switch (field.getName()) {
            case "argument", "first", "second" -> "argument " + simple(value);
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

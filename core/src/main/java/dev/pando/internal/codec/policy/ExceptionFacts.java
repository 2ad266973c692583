package dev.pando.internal.codec.policy;

import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether an exception class of the class path is plain data: no method or constructor of it runs when one is read, nor
 * when the JDK puts one into a collection. What its fields hold is checked object by object, like all of a message.
 * Found out once for each class.
 */
final class ExceptionFacts {
    /** What serialisation, collections and the garbage collector call on an object, whatever the program does. */
    private static final Set<String> CALLED_UNASKED = Set.of(
            "readObject",
            "readObjectNoData",
            "readResolve",
            "validateObject",
            "initCause", // by the readObject of some exceptions of the JDK
            "finalize",
            "hashCode",
            "equals");

    /** The interfaces of the JDK through which reading calls nothing: its collections would compare a Comparable. */
    private static final Set<Class<?>> SILENT = Set.of(Serializable.class, Cloneable.class);

    private static final FactCache<ExceptionFacts> KNOWN = new FactCache<>() {
        @Override
        protected ExceptionFacts find(Class<?> type) {
            return new ExceptionFacts(type);
        }
    };

    /** Why the class is no plain exception, as the end of a sentence after "because"; {@code null}: it is one. */
    final @Nullable String objection;

    /** The classes that it declares as the types of its fields, if they are plain data: let in together with it. */
    final Set<Class<?>> parts = new HashSet<>();

    private ExceptionFacts(Class<?> type) {
        objection = objection(type, Throwable.class);
        for (Class<?> above = type; objection == null && !ClassLocation.isJdk(above); above = above.getSuperclass()) {
            addParts(above);
        }
    }

    static ExceptionFacts of(Class<?> type) {
        return KNOWN.of(type);
    }

    private void addParts(Class<?> holder) {
        for (Field field : holder.getDeclaredFields()) {
            Class<?> part = ClassLocation.element(field.getType());
            if (Modifier.isStatic(field.getModifiers())
                    || Modifier.isTransient(field.getModifiers())
                    || part.isInterface()
                    || ClassLocation.isJdk(part)
                    || Throwable.class.isAssignableFrom(part)
                    || objection(part, part.isEnum() ? Enum.class : Object.class) != null) {
                continue;
            }
            for (Class<?> above = part; !ClassLocation.isJdk(above); above = above.getSuperclass()) {
                if (parts.add(above)) {
                    addParts(above);
                }
            }
        }
    }

    /** Returns why this class, or one between it and the JDK's, is no plain data; the JDK's is of the root's kind. */
    private static @Nullable String objection(Class<?> type, Class<?> root) {
        try {
            Class<?> above = type;
            for (; !ClassLocation.isJdk(above); above = above.getSuperclass()) {
                String objection = ownObjection(above);
                if (objection != null) {
                    return objection;
                }
            }
            return root.isAssignableFrom(above)
                            && TrustedClasses.covers(above)
                            && (root != Object.class || above == root)
                    ? null
                    : above.getName() + " above it is not plain data";
        } catch (LinkageError e) { // a class that it names is missing
            return "it cannot be examined here (" + e + ")";
        }
    }

    private static @Nullable String ownObjection(Class<?> type) {
        String name = type.getName();
        if (type.getClassLoader() != ClassLoader.getSystemClassLoader()
                && type.getClassLoader() != ExceptionFacts.class.getClassLoader()) {
            return name + " is not on the class path";
        }
        if (type.isInterface() || type.isRecord() || !Serializable.class.isAssignableFrom(type)) {
            return "reading it would call a constructor of " + name;
        }
        for (Class<?> face : type.getInterfaces()) {
            if (!isSilent(face)) {
                return name + " is a " + face.getSimpleName();
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (CALLED_UNASKED.contains(method.getName())) {
                return "reading it can call the " + method.getName() + " of " + name;
            }
        }
        return null;
    }

    /** Returns whether no code of the JDK knows the interface, nor one above it. */
    private static boolean isSilent(Class<?> face) {
        if (ClassLocation.isJdk(face)) {
            return SILENT.contains(face);
        }
        for (Class<?> above : face.getInterfaces()) {
            if (!isSilent(above)) {
                return false;
            }
        }
        return true;
    }
}

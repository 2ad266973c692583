package dev.pando.internal.codec;

import java.lang.reflect.Modifier;
import java.util.Arrays;

/**
 * Programs in one file that declares no class. Their class can never be made serialisable, so what helps elsewhere is
 * no help to them.
 */
final class CompactSourceFiles {
    private CompactSourceFiles() {}

    /** Guesses: a class file does not say whether its class was declared, but few declared classes look like this. */
    static boolean is(Class<?> type) {
        return Modifier.isFinal(type.getModifiers())
                && type.getPackageName().isEmpty()
                && type.getEnclosingClass() == null
                && type.getSuperclass() == Object.class
                && type.getInterfaces().length == 0
                && hasMain(type);
    }

    private static boolean hasMain(Class<?> type) {
        try {
            return Arrays.stream(type.getDeclaredMethods())
                    .anyMatch(method -> method.getName().equals("main"));
        } catch (LinkageError e) {
            return false;
        }
    }
}

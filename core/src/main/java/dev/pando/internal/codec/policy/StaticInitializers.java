package dev.pando.internal.codec.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Finds classes whose initialization runs no code of the user's: those without a static initializer, whose supertypes
 * have none either. The JVM tells that only of a class that it has initialized, so that the class file is searched for
 * the name of the initializer. If the name stands there for another reason, the class is taken to have one.
 */
public final class StaticInitializers {
    private static final String INITIALIZER = "<clinit>";

    private StaticInitializers() {}

    public static boolean is(Class<?> type) throws IOException {
        if (ClassLocation.isJdk(type)) {
            return true;
        }
        if (hasInitializer(type)) {
            return false;
        }
        Class<?> parent = type.getSuperclass();
        if (parent != null && !is(parent)) {
            return false;
        }
        for (Class<?> each : type.getInterfaces()) {
            if (!is(each)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasInitializer(Class<?> type) throws IOException {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return in == null || new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains(INITIALIZER);
        }
    }
}

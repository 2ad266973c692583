package dev.pando.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Which classes can be initialized with nobody noticing: those that have no static initializer, nor inherit from any that
 * has. The JVM tells that only of a class that it has initialized; so the class file is read, and the initializer's name looked
 * for. It may stand there for another reason: then a class is taken to have one.
 */
final class Inert {
    private static final String INITIALIZER = "<clinit>";

    private Inert() {}

    static boolean is(Class<?> type) throws IOException {
        if (ClassLocation.isJdk(type)) return true;
        if (hasInitializer(type)) return false;
        Class<?> parent = type.getSuperclass();
        if (parent != null && !is(parent)) return false;
        for (Class<?> each : type.getInterfaces()) if (!is(each)) return false;
        return true;
    }

    private static boolean hasInitializer(Class<?> type) throws IOException {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return in == null || new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains(INITIALIZER);
        }
    }
}

package dev.pando.internal.codec.policy;

import java.net.URL;
import java.security.CodeSource;

/** Where the code of a class comes from, as far as the class itself tells. */
public final class ClassLocation {

    private ClassLocation() {}

    /**
     * Returns whether the class is the JDK's. The module tells, since the application's loader loads some of them, such
     * as jdk.jshell.
     */
    public static boolean isJdk(Class<?> type) {
        Module module = type.getModule();
        return module.getLayer() == ModuleLayer.boot()
                && (module.getName().startsWith("java.") || module.getName().startsWith("jdk."));
    }

    public static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("dev.pando.") && of(type).equals(of(ClassLocation.class));
    }

    /**
     * Returns the code source as text, or else the class loader, or else an empty text. Text, because
     * {@link URL#equals} resolves the host.
     */
    static Object of(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        if (location != null) {
            return location.toExternalForm();
        }
        ClassLoader loader = type.getClassLoader();
        return loader == null ? "" : loader;
    }

    /** Returns the class of the innermost elements if the class is an array, or else the class itself. */
    static Class<?> element(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.componentType();
        }
        return element;
    }
}

package dev.pando.internal.codec.message;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The class loader whose classes every worker finds by itself, those of number {@code 0}: the system's, or the one that
 * Spring Boot's launcher made. In an executable jar of Boot the class path is that one jar, and only Boot's loader
 * finds what is nested in it; so a worker is started by Boot's launcher as well, out of the same jar. A worker finds
 * out the same about itself.
 */
public final class HomeLoader {
    /** Boot's loaders of nested jars: since 3.2, and before. A launcher of any main class stands beside each. */
    private static final Set<String> OF_BOOT = Set.of(
            "org.springframework.boot.loader.launch.LaunchedClassLoader",
            "org.springframework.boot.loader.LaunchedURLClassLoader");

    private static final String BESIDE = ".PropertiesLauncher";

    private static final @Nullable ClassLoader OURS = HomeLoader.class.getClassLoader();

    private static final @Nullable String LAUNCHER = findLauncher();

    private HomeLoader() {}

    private static @Nullable String findLauncher() {
        ClassLoader system = ClassLoader.getSystemClassLoader();
        if (OURS == null || OURS == system || OURS.getParent() != system) {
            return null;
        }
        Class<?> kind = OURS.getClass();
        String launcher = kind.getPackageName() + BESIDE;
        boolean there = OF_BOOT.contains(kind.getName())
                && kind.getClassLoader() == system
                && system.getResource(launcher.replace('.', '/') + ".class") != null;
        return there ? launcher : null;
    }

    /** Returns the loader. */
    public static ClassLoader loader() {
        return LAUNCHER == null || OURS == null ? ClassLoader.getSystemClassLoader() : OURS;
    }

    /**
     * Returns the main class of Boot's that starts the main class named by {@code -Dloader.main}. Returns null where
     * the JVM finds a worker's main class by itself.
     */
    public static @Nullable String launcher() {
        return LAUNCHER;
    }
}

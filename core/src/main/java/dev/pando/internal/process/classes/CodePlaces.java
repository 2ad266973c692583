package dev.pando.internal.process.classes;

import dev.pando.internal.codec.message.HomeLoader;
import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/** Where the code of this JVM was loaded from: Pando's own, and what every worker finds as well. */
public final class CodePlaces {
    public static final Module OURS = CodePlaces.class.getModule();

    /**
     * Whether Pando was found on the module path. In a layer that the program made itself, Pando is a jar like any
     * other.
     */
    public static final boolean MODULAR = OURS.isNamed() && OURS.getLayer() == ModuleLayer.boot();

    private CodePlaces() {}

    /** Returns whether this class is Pando's own, wherever Pando was loaded from. */
    static boolean isOurs(Class<?> type) {
        if (!type.getName().startsWith("dev.pando.")) {
            return false;
        }
        if (OURS.isNamed()) {
            return type.getModule() == OURS;
        }
        URL here = location();
        return here != null && here.equals(location(type));
    }

    /** Returns whether every worker finds what this loader defines. */
    public static boolean isEverywhere(@Nullable ClassLoader loader) {
        if (loader == null) {
            return true;
        }
        for (ClassLoader every = HomeLoader.loader(); every != null; every = every.getParent()) {
            if (loader == every) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether this class is neither of the JDK nor Pando's own. */
    static boolean isOfTheProgram(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader != null && loader != ClassLoader.getPlatformClassLoader() && !isOurs(type);
    }

    /**
     * Returns Pando's jar on the class path; null where Pando is a module, a directory, no file at all, or a jar that
     * only a launcher's loader finds.
     */
    public static @Nullable File jar() {
        if (MODULAR || bootLauncher() != null) {
            return null;
        }
        URL here = location();
        if (here == null || !"file".equals(here.getProtocol())) {
            return null;
        }
        try {
            File place = new File(here.toURI());
            return place.isFile() ? place : null;
        } catch (URISyntaxException | IllegalArgumentException odd) {
            return null;
        }
    }

    /** Returns the main class that starts a worker out of a jar of Spring Boot's; null outside such a jar. */
    public static @Nullable String bootLauncher() {
        return HomeLoader.launcher();
    }

    /** Returns where Pando is; null where its loader does not tell. */
    public static @Nullable URL location() {
        return location(CodePlaces.class);
    }

    private static @Nullable URL location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null ? null : source.getLocation();
    }
}

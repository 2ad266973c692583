package dev.pando.junit.internal;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.platform.launcher.TestExecutionListener;

/**
 * Which jars JUnit's launcher needs that are not on the class path that workers get. Surefire has the launcher, and the
 * classes that its configuration parameters name, in jars beside the class path of the tests.
 */
final class LauncherPlaces {
    private LauncherPlaces() {}

    static List<String> missing(Map<String, String> parameters) {
        Set<String> there = new LinkedHashSet<>();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            there.add(Path.of(entry).toAbsolutePath().normalize().toString());
        }
        Set<String> missing = new LinkedHashSet<>();
        List<Class<?>> needed = new ArrayList<>(List.of(TestExecutionListener.class));
        parameters.values().forEach(value -> addNamed(value, needed));
        for (Class<?> type : needed) {
            String place = place(type);
            if (!place.isEmpty() && !there.contains(place)) {
                missing.add(place);
            }
        }
        return List.copyOf(missing);
    }

    private static void addNamed(String value, List<Class<?>> needed) {
        if (value.indexOf('.') > 0 && value.indexOf(' ') < 0) {
            try {
                needed.add(Class.forName(value, false, Thread.currentThread().getContextClassLoader()));
            } catch (ClassNotFoundException | LinkageError e) {
                // no name of a class, as most values
            }
        }
    }

    /** Returns where a class comes from; an empty text where that is no jar or folder, as of a class of the JDK. */
    private static String place(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || !"file".equals(source.getLocation().getProtocol())) {
            return "";
        }
        try {
            return Path.of(source.getLocation().toURI())
                    .toAbsolutePath()
                    .normalize()
                    .toString();
        } catch (URISyntaxException e) {
            return "";
        }
    }
}

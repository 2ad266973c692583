package dev.pando.process;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where classes come from in this JVM, so that a worker finds the same. */
final class Home {
    private static final String MAIN = "dev.pando.process.worker.Main";

    private static final Module OURS = Home.class.getModule();

    /** Whether Pando was found on the module path. In a layer of somebody's own it is a jar like any other. */
    private static final boolean MODULAR = OURS.isNamed() && OURS.getLayer() == ModuleLayer.boot();

    private Home() {}

    /** Whether this class is Pando's own, wherever Pando was loaded from. */
    static boolean isOurs(Class<?> type) {
        if (!type.getName().startsWith("dev.pando.")) return false;
        if (OURS.isNamed()) return type.getModule() == OURS;
        URL here = location(Home.class);
        return here != null && here.equals(location(type));
    }

    /** Whether every worker finds what this loader defines. */
    static boolean isEverywhere(@Nullable ClassLoader loader) {
        if (loader == null) return true;
        for (ClassLoader every = ClassLoader.getSystemClassLoader(); every != null; every = every.getParent()) {
            if (loader == every) return true;
        }
        return false;
    }

    /** The arguments that make a {@code java} find what this JVM finds, and run a worker. */
    static List<String> arguments() {
        List<String> arguments = new ArrayList<>(Given.inherited());
        arguments.removeIf("--add-modules=ALL-DEFAULT"::equals); // they are there anyway; asked for, they double the start
        String modulePath = System.getProperty("jdk.module.path", "");
        if (!modulePath.isEmpty()) {
            arguments.add("--module-path=" + Given.absolute(modulePath));
            String modules = modules();
            if (!modules.isEmpty()) arguments.add("--add-modules=" + modules);
        }
        // A program that is no module is given all of the JDK, and one that is a module only what it asks for.
        if (MODULAR && System.getProperty("jdk.module.main") == null) arguments.add("--add-modules=ALL-DEFAULT");
        arguments.add("-cp");
        arguments.add(classPath());
        if (MODULAR) arguments.add("-m");
        arguments.add(MODULAR ? OURS.getName() + "/" + MAIN : MAIN);
        return arguments;
    }

    /** All that were found on the module path: a class that arrives may be of any of them. */
    private static String modules() {
        List<String> names = new ArrayList<>();
        ModuleLayer.boot().configuration().modules().forEach(module -> {
            boolean ofTheJdk = module.reference().location().map(at -> "jrt".equals(at.getScheme())).orElse(true);
            if (!ofTheJdk) names.add(module.name());
        });
        return String.join(",", names);
    }

    private static String classPath() {
        Set<String> entries = new LinkedHashSet<>();
        boolean apart = !isEverywhere(Home.class.getClassLoader());
        if (apart) entries.add(ourPlace()); // first: the class path may hold a Pando of another version
        String given = System.getProperty("java.class.path", "");
        if (!given.isEmpty() || System.getProperty("jdk.module.main") == null) entries.addAll(List.of(Given.absolute(given).split(File.pathSeparator)));
        if (!apart && !MODULAR && Home.class.getClassLoader() != null) entries.add(ourPlace());
        return String.join(File.pathSeparator, entries);
    }

    /** Where Pando is, if that is a jar of a class path. */
    static @Nullable File jar() {
        if (MODULAR) return null;
        URL here = location(Home.class);
        if (here == null || !"file".equals(here.getProtocol())) return null;
        try {
            File place = new File(here.toURI());
            return place.isFile() ? place : null;
        } catch (URISyntaxException | IllegalArgumentException odd) {
            return null;
        }
    }

    private static String ourPlace() {
        URL here = location(Home.class);
        try {
            if (here != null && "file".equals(here.getProtocol())) return Path.of(here.toURI()).toString();
        } catch (URISyntaxException e) {
            // then it is no file
        }
        throw new IllegalStateException("worker processes need Pando as a jar or a directory of its own, which they can put"
                + " on their class path, but it was loaded from " + here + ": unpack the jar that contains it");
    }

    private static @Nullable URL location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null ? null : source.getLocation();
    }
}

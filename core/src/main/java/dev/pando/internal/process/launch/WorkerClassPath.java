package dev.pando.internal.process.launch;

import dev.pando.internal.process.classes.CodePlaces;
import java.io.File;
import java.io.IOException;
import java.lang.module.ResolvedModule;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipFile;

/** The class path and the modules of this JVM, as arguments with which a worker finds the same. */
final class WorkerClassPath {
    private static final String MAIN = "dev.pando.internal.process.child.WorkerMain";

    /**
     * All modules of the JDK. For a program that is no module they are there anyway; asked for, they double the start.
     */
    private static final String ALL_OF_THE_JDK = "--add-modules=ALL-DEFAULT";

    /**
     * Whether the program is no module, and so is given all of the JDK; a program that is one is given only what it
     * asks for.
     */
    private static final boolean PROGRAM_IS_NO_MODULE = System.getProperty("jdk.module.main") == null;

    /** Set in a program that was compiled to machine code before it was started. */
    private static final String NATIVE_IMAGE = "org.graalvm.nativeimage.imagecode";

    /** In a war the classes stand elsewhere than in a jar, where Boot's launcher of any main class looks by itself. */
    private static final String IN_A_WAR = "WEB-INF/";

    private static final String LOADER_PATH = "loader.path";

    private WorkerClassPath() {}

    /** Throws where no worker could find Pando, with what to do about it. */
    static void requirePlace() {
        if (System.getProperty(NATIVE_IMAGE) != null) {
            throw new IllegalStateException("worker processes are JVMs, and a native image has none to start: run this"
                    + " program on a JVM, or take Threads or Virtual in the image");
        }
        if (CodePlaces.bootLauncher() != null) {
            return;
        }
        ClassLoader ours = WorkerClassPath.class.getClassLoader();
        if (!CodePlaces.isEverywhere(ours)) {
            // a loader of the program's own may name the jar that it has read, and have found Pando in a jar inside
            if (!holdsPando(new File(ourPlace()))) {
                throw nowhere();
            }
        } else if (!CodePlaces.MODULAR && ours != null) {
            var _ = ourPlace();
        }
    }

    private static boolean holdsPando(File place) {
        String main = MAIN.replace('.', '/') + ".class";
        if (place.isDirectory()) {
            return new File(place, main).isFile();
        }
        try (ZipFile jar = new ZipFile(place)) {
            return jar.getEntry(main) != null;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the arguments that make a {@code java} find what this JVM finds, and run a worker. */
    static List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        for (String inherited : InheritedArguments.inherited()) {
            if (!inherited.equals(ALL_OF_THE_JDK)) {
                arguments.add(inherited);
            }
        }
        // the worker's main class is in a module
        if (CodePlaces.MODULAR && PROGRAM_IS_NO_MODULE) {
            arguments.add(ALL_OF_THE_JDK);
        }
        String modulePath = System.getProperty("jdk.module.path", "");
        if (!modulePath.isEmpty()) {
            arguments.add("--module-path=" + InheritedArguments.absolute(modulePath));
        }
        boolean hasModules = CodePlaces.MODULAR || !PROGRAM_IS_NO_MODULE || !modulePath.isEmpty();
        String modules = hasModules ? modules() : "";
        if (!modules.isEmpty()) {
            arguments.add("--add-modules=" + modules);
        }
        arguments.add("-cp");
        arguments.add(classPath());
        String boot = CodePlaces.bootLauncher();
        if (boot != null) {
            addLauncher(arguments, boot);
        } else if (CodePlaces.MODULAR) {
            arguments.add("-m");
            arguments.add(CodePlaces.OURS.getName() + "/" + MAIN);
        } else {
            arguments.add(MAIN);
        }
        return arguments;
    }

    /** After the properties that are inherited, since the program may have named its own main class in one of them. */
    private static void addLauncher(List<String> arguments, String launcher) {
        arguments.add("-Dloader.main=" + MAIN);
        boolean war = String.valueOf(CodePlaces.location()).contains(IN_A_WAR);
        if (war && System.getProperty(LOADER_PATH) == null) {
            arguments.add("-D" + LOADER_PATH + "=WEB-INF/classes,WEB-INF/lib,WEB-INF/lib-provided");
        }
        arguments.add(launcher);
    }

    /**
     * All that are not the JDK's, on the module path or linked into the image: a class that arrives may be of any of
     * them. A worker's main class is Pando's, whose module requires none of them.
     */
    private static String modules() {
        List<String> names = new ArrayList<>();
        for (ResolvedModule module : ModuleLayer.boot().configuration().modules()) {
            String name = module.name();
            if (!name.startsWith("java.") && !name.startsWith("jdk.")) {
                names.add(name);
            }
        }
        return String.join(",", names);
    }

    private static String classPath() {
        Set<String> entries = new LinkedHashSet<>();
        ClassLoader ours = WorkerClassPath.class.getClassLoader();
        boolean apart = !CodePlaces.isEverywhere(ours);
        if (apart) {
            entries.add(ourPlace()); // first: the class path may hold a Pando of another version
        }
        String given = System.getProperty("java.class.path", "");
        if (!given.isEmpty() || PROGRAM_IS_NO_MODULE) {
            entries.addAll(List.of(InheritedArguments.absolute(given).split(File.pathSeparator)));
        }
        boolean nested = CodePlaces.bootLauncher() != null; // then the launcher finds Pando where it found it here
        if (!apart && !nested && !CodePlaces.MODULAR && ours != null) {
            entries.add(ourPlace());
        }
        return String.join(File.pathSeparator, entries);
    }

    private static String ourPlace() {
        URL here = CodePlaces.location();
        try {
            if (here != null && "file".equals(here.getProtocol())) {
                return Path.of(here.toURI()).toString();
            }
        } catch (URISyntaxException e) {
            // then it is no file
        }
        throw nowhere();
    }

    private static IllegalStateException nowhere() {
        URL here = CodePlaces.location();
        return new IllegalStateException(
                "worker processes need Pando as a jar or a directory of its own, which they can put"
                        + " on their class path, but it was loaded from " + here + ": unpack the jar that contains it");
    }
}

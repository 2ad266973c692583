package dev.pando.internal.process.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * The arguments that this JVM was given, as far as they are about classes, modules, properties or the machine, and so
 * hold for a worker too. Not its memory, its debugger or its agents: those are its own.
 */
final class InheritedArguments {
    private static final List<String> INHERITED = List.of(
            "--enable-preview",
            "--add-modules=",
            "--limit-modules=",
            "--add-opens=",
            "--add-exports=",
            "--add-reads=",
            "--patch-module=",
            "--upgrade-module-path=",
            "--enable-native-access",
            "--illegal-native-access",
            "--sun-misc-unsafe-memory-access",
            "--enable-final-field-mutation",
            "--illegal-final-field-mutation",
            "-Xbootclasspath/a:",
            "-ea",
            "-da",
            "-esa",
            "-dsa",
            "-enableassertions",
            "-disableassertions",
            "-enablesystemassertions",
            "-disablesystemassertions",
            "-D",
            "-XX:MaxRAM=",
            "-XX:-UseContainerSupport");

    /** The last three are about a channel that is ours; a worker opens no page and no trace of its own. */
    private static final List<String> ITS_OWN = List.of(
            "-Dcom.sun.management.",
            "-Djava.rmi.",
            "-Djava.class.path",
            "-Djdk.module.",
            "-Dsun.java.",
            "-Djava.security.manager",
            "-Dpando.dashboard",
            "-Dpando.trace",
            "-Dstdin.encoding",
            "-Dstdout.encoding",
            "-Dstderr.encoding");

    /** A worker may run in another directory. */
    private static final List<String> WITH_PATH =
            List.of("--patch-module=", "--upgrade-module-path=", "-Xbootclasspath/a:");

    private static final Set<String> VALUE_APART = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--add-modules",
            "--limit-modules",
            "--add-opens",
            "--add-exports",
            "--add-reads",
            "--patch-module",
            "--enable-native-access",
            "--source");

    private static final Set<String> PROGRAM = Set.of("-jar", "-m", "--module");

    /** Variables, and an argument with which this begins, bring arguments that are not on the command line. */
    private static final List<String> VARIABLES = List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

    private static final List<String> FURTHER =
            List.of("@", "-XX:Flags=", "-XX:VMOptionsFile=", "-XX:+ReadVMOptionsFile");

    private InheritedArguments() {}

    static List<String> inherited() {
        List<String> inherited = new ArrayList<>();
        for (String argument : all()) {
            if (starts(argument, INHERITED) && !starts(argument, ITS_OWN)) {
                inherited.add(atHome(argument));
            }
        }
        inherited.addAll(
                granted(System.getProperty("java.class.path", ""), System.getProperty("sun.java.command", "")));
        return inherited;
    }

    /** Every entry of a path as it is known in any directory. */
    static String absolute(String path) {
        List<String> entries = new ArrayList<>();
        for (String entry : path.split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    static boolean starts(String argument, List<String> beginnings) {
        for (String beginning : beginnings) {
            if (argument.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    private static String atHome(String argument) {
        for (String option : WITH_PATH) {
            if (!argument.startsWith(option)) {
                continue;
            }
            int path = option.startsWith("--patch") ? argument.indexOf('=', option.length()) + 1 : option.length();
            return argument.substring(0, path) + absolute(argument.substring(path));
        }
        return argument;
    }

    /**
     * Includes the arguments of argument files and of variables, where the JDK can tell. The management classes know
     * them all and cost a program 20 ms of its start, so that a plain command line is read without them.
     */
    private static List<String> all() {
        ProcessHandle.Info program = ProcessHandle.current().info();
        String[] line = program.arguments().orElse(null);
        if (line != null
                && isWholeLine(
                        program.command().orElse(""), line, System.getenv().keySet())) {
            return options(line);
        }
        if (ModuleLayer.boot().findModule("java.management").isPresent()) {
            return java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments();
        }
        return line == null ? List.of() : options(line);
    }

    /** Returns whether the JVM was started by the JDK's own launcher, and has no argument but those of this line. */
    static boolean isWholeLine(String launcher, String[] line, Set<String> variables) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        if (!launcher.equals(java.toString())) {
            return false;
        }
        for (String variable : VARIABLES) {
            if (variables.contains(variable)) {
                return false;
            }
        }
        for (String argument : line) {
            for (String further : FURTHER) {
                if (argument.startsWith(further)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The JVM's part of a command line, one option each, as the JVM tells it. */
    static List<String> options(String... line) {
        List<String> options = new ArrayList<>();
        for (int i = 0; i < line.length; i++) {
            if (line[i].startsWith("@")) {
                continue; // a file that may be gone by now
            }
            if (!line[i].startsWith("-") || PROGRAM.contains(line[i])) {
                break;
            }
            if (!VALUE_APART.contains(line[i])) {
                options.add(line[i]);
            } else if (++i < line.length) {
                options.add(line[i - 1] + "=" + line[i]);
            }
        }
        return options;
    }

    /** What its manifest grants to the jar of {@code java -jar}; it would not to one on the class path. */
    static List<String> granted(String classPath, String command) {
        boolean isProgram = command.equals(classPath) || command.startsWith(classPath + " ");
        if (classPath.isEmpty() || !isProgram || !Files.isRegularFile(Path.of(classPath))) {
            return List.of();
        }
        List<String> granted = new ArrayList<>();
        try (JarFile jar = new JarFile(classPath)) {
            if (jar.getManifest() == null) {
                return List.of();
            }
            Attributes manifest = jar.getManifest().getMainAttributes();
            for (String one : words(manifest, "Add-Opens")) {
                granted.add("--add-opens=" + one + "=ALL-UNNAMED");
            }
            for (String one : words(manifest, "Add-Exports")) {
                granted.add("--add-exports=" + one + "=ALL-UNNAMED");
            }
            for (String one : words(manifest, "Enable-Native-Access")) {
                granted.add("--enable-native-access=" + one);
            }
        } catch (IOException e) {
            // no jar any more: what it held already is here, and the worker will say what it lacks
        }
        return granted;
    }

    private static List<String> words(Attributes manifest, String name) {
        String value = manifest.getValue(name);
        return value == null || value.isBlank()
                ? List.of()
                : List.of(value.strip().split("\\s+"));
    }
}

package dev.pando.lab;

import dev.pando.Pool;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs one source file as the JDK does ({@code java File.java}), in a separate JVM that shares the terminal. Only
 * Pando itself is on the class path, so that an example cannot use what its reader would not have.
 */
final class SourceLauncher {
    private SourceLauncher() {}

    /** Waits for the program and returns its exit code. */
    static int run(Path file, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.add("-cp");
        command.add(pando().toString());
        command.add(file.toString());
        command.addAll(arguments);

        Process program = new ProcessBuilder(command).inheritIO().start();
        // SIGTERM does not reach children, so the hook ends the program with the lab.
        var farewell = new Thread(program::destroy, "pando-example-farewell");
        Runtime.getRuntime().addShutdownHook(farewell);
        int exit = program.waitFor();
        Runtime.getRuntime().removeShutdownHook(farewell);
        return exit;
    }

    /** Returns where Pando's classes are: the jar, or the folder that the build compiles into. */
    private static Path pando() {
        try {
            return Path.of(Pool.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("the class path has an entry that is no address", impossible);
        }
    }
}

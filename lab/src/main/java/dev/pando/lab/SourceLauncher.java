package dev.pando.lab;

import dev.pando.Pool;
import dev.pando.cluster.Cluster;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs one source file as the JDK does ({@code java File.java}), in a separate JVM that shares the terminal. On the
 * class path are Pando, its cluster with the engine of that, and a database, so that an example cannot use what its
 * reader would not have.
 */
final class SourceLauncher {
    /** Brought by the artifact of the cluster; the lab itself does not name it. */
    private static final String CLUSTER_ENGINE = "org.jgroups.JChannel";

    /** For the example with a database. */
    private static final String DATABASE = "org.h2.Driver";

    private SourceLauncher() {}

    static int run(Path file, List<String> arguments) throws IOException, InterruptedException {
        return run(file, List.of(), arguments);
    }

    /**
     * Waits for the program and returns its exit code.
     *
     * @param properties of its JVM, as on a command line
     */
    static int run(Path file, List<String> properties, List<String> arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.add("--enable-native-access=ALL-UNNAMED"); // or else shared arrays warn
        command.addAll(properties);
        command.add("-cp");
        command.add(String.join(
                File.pathSeparator,
                placeOf(Pool.class),
                placeOf(Cluster.class),
                placeOf(CLUSTER_ENGINE),
                placeOf(DATABASE)));
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

    private static String placeOf(String type) {
        try {
            return placeOf(Class.forName(type));
        } catch (ClassNotFoundException incomplete) {
            throw new IllegalStateException("the class path of the lab lacks " + type, incomplete);
        }
    }

    /** Returns the jar of a class, or the folder that the build compiles into. */
    private static String placeOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("the class path has an entry that is no address", impossible);
        }
    }
}

package dev.pando.internal.process.launch;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of all workers of one pool: the {@code java}, its flags, the class path, the main class. */
final class WorkerCommand {
    /**
     * Serial collection, because a worker runs one task at a time and a thread for each processor in each worker would
     * multiply. No counters in the temporary folder. Nothing of the JVM's own on standard output. A loop without a call
     * must still let itself be looked at, which the serial collector does not ask for by itself. A stack on which twice
     * as much can be packed as will be let in, so that what is refused is told as that. What the compilers needed for a
     * moment is given back: they would keep seven megabytes of an idle worker; where the C library
     * cannot, the JVM must not print a warning. The heap begins as large as the JDK's: an array that has no room in the
     * part for new objects is only collected when the heap has grown to its limit.
     */
    private static final List<String> FLAGS = List.of(
            "-XX:-UsePerfData",
            "-Xss2m",
            "-Xlog:disable",
            "-Xlog:all=warning,trimnative=off:stderr",
            "-XX:+UseCountedLoopSafepoints",
            "-XX:LoopStripMiningIter=1000",
            "-XX:TrimNativeHeapInterval=10000",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8");

    private static final double SHARED_PERCENT = 60;

    private final LaunchOptions options;

    WorkerCommand(LaunchOptions options) {
        this.options = options;
    }

    /** Returns the {@code java} that workers run on. */
    Path java() {
        Path given = options.java();
        return given != null
                ? given
                : Path.of(System.getProperty("java.home"), "bin", File.separatorChar == '/' ? "java" : "java.exe");
    }

    /**
     * Throws where this JVM has no {@code java} beside it and the program has named none. A path that the program did
     * name is looked at when a worker starts: until then a file may come.
     */
    void requireJava() {
        if (options.java() == null && !java().toFile().canExecute()) {
            throw new IllegalStateException("worker processes need a java to run, and this runtime has none: " + java()
                    + " cannot be executed. jlink leaves it out with --strip-native-commands, as jpackage does unless"
                    + " --jlink-options say otherwise; or name a java of the same version: Processes.java(path)");
        }
    }

    /** Returns all words. */
    List<String> words() {
        List<String> parts = everybodys();
        parts.add("-XX:ActiveProcessorCount=" + processors());
        double share = SHARED_PERCENT / options.workers();
        if (options.heapBytes() > 0) {
            parts.add("-Xmx" + options.heapBytes());
        }
        // the second where there is little
        else {
            parts.addAll(List.of("-XX:MaxRAMPercentage=" + share, "-XX:MinRAMPercentage=" + share));
        }
        List<String> home = WorkerClassPath.arguments();
        int main = home.indexOf("-cp");
        parts.addAll(home.subList(0, main));
        parts.addAll(options.jvmArgs()); // last, so that they win
        parts.addAll(home.subList(main, home.size()));
        return parts;
    }

    /** Returns the {@code java}, and what all workers of this program have in common. */
    List<String> everybodys() {
        List<String> parts = new ArrayList<>();
        parts.add(java().toString());
        boolean collector = false;
        for (String argument : options.jvmArgs()) {
            collector |= argument.startsWith("-XX:+Use") && argument.endsWith("GC");
        }
        if (!collector) {
            parts.add("-XX:+UseSerialGC");
        }
        parts.addAll(FLAGS);
        return parts;
    }

    /** The share of a worker, so that what a task runs in parallel does not multiply. */
    private int processors() {
        if (options.processors() > 0) {
            return options.processors();
        }
        return Math.max(1, Runtime.getRuntime().availableProcessors() / options.workers());
    }
}

package dev.pando.lab;

import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code pando version}: prints what a bug report should begin with. */
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        description = "Print the versions of Pando and Java, and what they run on.",
        footerHeading = "%nExamples:%n",
        footer = {"  ./pando version     what a bug report should begin with"})
final class VersionCommand implements Runnable {
    private final PrintWriter out;

    VersionCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void run() {
        out.println("pando  " + VersionReader.pando());
        out.println("java   " + Runtime.version() + ", " + System.getProperty("java.vendor"));
        out.println("       " + System.getProperty("java.home"));
        out.println("os     " + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch"));
        out.println("cpus   " + Runtime.getRuntime().availableProcessors());
        out.println("heap   up to " + Runtime.getRuntime().maxMemory() / (1 << 20) + " MB");
    }
}

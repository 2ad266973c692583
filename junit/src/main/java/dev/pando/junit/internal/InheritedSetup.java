package dev.pando.junit.internal;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a worker must have of this JVM and does not get from Pando, so that a test finds there what it finds here. */
final class InheritedSetup {
    /** The JVM sets these itself, or they say where this JVM runs. */
    private static final List<String> OWN = List.of(
            "java.", "jdk.", "sun.", "os.", "user.", "native.", "file.", "path.", "line.", "stdout.", "stderr.",
            "stdin.", "pando.");

    private InheritedSetup() {}

    /**
     * The agents of this JVM, such as those that measure coverage or make mocks. The one that lets an IDE talk to its
     * program has a port, which can be opened once.
     */
    static List<String> agents() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-javaagent:") && !argument.contains("idea_rt"))
                .toList();
    }

    /** The system properties that tests may read. Builds set theirs while the JVM runs, not on its command line. */
    static Map<String, String> properties() {
        Map<String, String> all = new TreeMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            if (OWN.stream().noneMatch(name::startsWith)) {
                String value = System.getProperty(name);
                if (value != null) {
                    all.put(name, value);
                }
            }
        }
        return all;
    }
}

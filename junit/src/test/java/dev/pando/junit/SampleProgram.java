package dev.pando.junit;

import java.io.File;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes by a launcher with all engines, and prints a line for each test, as a build would. */
final class SampleProgram {
    private SampleProgram() {}

    public static void main(String[] classes) {
        hide(System.getProperty("sample.hidden"));
        System.setProperty("sample.parent", "" + ProcessHandle.current().pid());
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(Arrays.stream(classes)
                                        .map(DiscoverySelectors::selectClass)
                                        .toArray(DiscoverySelector[]::new))
                                .build(),
                        new LinePrinter());
        System.exit(0); // as builds do: what is left of a pool must not keep them
    }

    /** Does as Surefire, which names as class path that of the tests, and has its own jars beside it. */
    private static void hide(String part) {
        if (part != null) {
            System.setProperty(
                    "java.class.path",
                    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                            .filter(entry -> !entry.contains(part))
                            .collect(Collectors.joining(File.pathSeparator)));
        }
    }

    private static final class LinePrinter implements TestExecutionListener {
        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            System.out.println("SKIPPED " + test.getDisplayName());
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                System.out.println(result.getStatus() + " " + test.getDisplayName()
                        + result.getThrowable()
                                .map(thrown -> " " + thrown.getClass().getSimpleName())
                                .orElse(""));
            }
        }
    }
}

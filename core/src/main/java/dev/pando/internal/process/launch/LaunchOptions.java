package dev.pando.internal.process.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was chosen for the JVMs of the workers of one pool.
 *
 * @param workers how many share the machine
 * @param java the program that workers run on; {@code null}: that of this JVM
 * @param directory where workers run; {@code null}: where this JVM runs
 * @param heapBytes the heap of each; 0: a share of the memory
 * @param processors how many each one sees; 0: a share of the machine's
 * @param debugPort where one worker at a time listens for a debugger; 0: nowhere
 * @param environment variables beside those of this JVM
 */
public record LaunchOptions(
        int workers,
        @Nullable Path java,
        @Nullable Path directory,
        long heapBytes,
        int processors,
        int debugPort,
        List<String> jvmArgs,
        Map<String, String> environment) {}

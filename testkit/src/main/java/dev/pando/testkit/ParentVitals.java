package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** What a parent holds: heap, threads, descriptors, processes. Compared before and after attacks. Linux. */
final class ParentVitals {
    /** What classes, compiled code and the suite itself may add. */
    private static final long HEAP_GROWTH = 64L << 20;

    private static final int DESCRIPTOR_GROWTH = 16;
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final long heap;
    private final long threads;
    private final long descriptors;

    private ParentVitals() {
        heap = heap();
        threads = threads();
        descriptors = descriptors();
    }

    static ParentVitals now() {
        return new ParentVitals();
    }

    /** Polls, because threads and processes end a moment after their pool. */
    void assertRestored() {
        await(ParentVitals::processes, 0, "worker processes");
        await(ParentVitals::threads, threads, "threads of pools");
        await(ParentVitals::descriptors, descriptors + DESCRIPTOR_GROWTH, "descriptors");
        await(ParentVitals::heap, heap + HEAP_GROWTH, "bytes of heap");
    }

    private static void await(LongSupplier now, long most, String what) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (now.getAsLong() > most && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        assertThat(now.getAsLong())
                .as(() -> what + " after attacks; " + threadDump())
                .isLessThanOrEqualTo(most);
    }

    /** Returns the stacks of all threads, as text. */
    static String threadDump() {
        return Thread.getAllStackTraces().entrySet().stream()
                .map(thread -> thread.getKey() + "\n    "
                        + java.util.Arrays.stream(thread.getValue())
                                .map(StackTraceElement::toString)
                                .collect(Collectors.joining("\n    ")))
                .collect(Collectors.joining("\n", "threads:\n", ""));
    }

    @SuppressWarnings("SystemGc")
    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long threads() {
        Map<Thread, StackTraceElement[]> all = Thread.getAllStackTraces();
        return all.keySet().stream()
                .filter(thread -> thread.getName().startsWith("pando-"))
                .count();
    }

    private static long descriptors() {
        String[] names = new File("/proc/self/fd").list();
        return names == null ? 0 : names.length;
    }

    /** Counts the children that are JVMs: the watch for orphans is a shell, and lives as long as the program. */
    private static long processes() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .count();
    }
}

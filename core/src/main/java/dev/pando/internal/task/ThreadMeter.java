package dev.pando.internal.task;

import com.sun.management.ThreadMXBean;
import dev.pando.TaskInfo;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Measures what the calling thread spends on a task. A virtual thread cannot be measured: its bill stays empty. */
final class ThreadMeter {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long cpu = THREADS.getCurrentThreadCpuTime();
    private final long allocated = THREADS.getCurrentThreadAllocatedBytes();

    private ThreadMeter() {}

    static ThreadMeter start() {
        return new ThreadMeter();
    }

    /**
     * Returns what was spent since {@link #start}. Returns {@code null} on a virtual thread, which the JDK cannot
     * measure, and without memory for a bill.
     */
    TaskInfo.@Nullable Bill bill() {
        try {
            return Thread.currentThread().isVirtual() ? null : written();
        } catch (OutOfMemoryError noMemory) {
            return null; // the task is done all the same
        }
    }

    private TaskInfo.Bill written() {
        return new TaskInfo.Bill(
                cpu < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - cpu)),
                allocated < 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(THREADS.getCurrentThreadAllocatedBytes() - allocated),
                OptionalLong.empty(),
                OptionalLong.empty());
    }
}

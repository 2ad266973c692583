package dev.pando.internal.process.child;

import com.sun.management.ThreadMXBean;
import dev.pando.internal.process.wire.Message;
import java.lang.management.ManagementFactory;

/** Measures what the calling thread spends. Loaded only if the pool wants to know: it costs a few milliseconds. */
final class WorkerMeter {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long cpu;
    private long allocated;

    void start() {
        cpu = THREADS.getCurrentThreadCpuTime();
        allocated = THREADS.getCurrentThreadAllocatedBytes();
    }

    /** What was spent since the start, on this run. */
    Message.Spent spent(int run) {
        return new Message.Spent(
                run,
                cpu < 0 ? -1 : THREADS.getCurrentThreadCpuTime() - cpu,
                allocated < 0 ? -1 : THREADS.getCurrentThreadAllocatedBytes() - allocated);
    }
}

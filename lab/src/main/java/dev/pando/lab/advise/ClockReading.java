package dev.pando.lab.advise;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;

/**
 * The clocks of the current thread before some calls: {@link #start}, and after them {@link #end}.
 *
 * <p>The scheduler's clock is read outside of the others on both sides. A thread that loses its processor between two
 * readings then has too much delay, which is taken away by the wall clock, or else that time would count as waiting.
 */
final class ClockReading {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Without the beans that count what collectors do beside the program. */
    private static final List<GarbageCollectorMXBean> PAUSING = ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(bean -> !bean.getName().contains("Cycles"))
            .toList();

    private final long delay;
    private final long collectorDelay;
    private final long collections;
    private final long pause;
    private final ThreadInfo thread;
    private final long allocated;
    private final long cpu;
    private final long wall;
    /** The time that was lost between the two clocks. */
    private final long lost;

    private ClockReading() {
        delay = SchedulerDelay.ofThisThread();
        long read = System.nanoTime();
        collectorDelay = SchedulerDelay.ofTheCollector();
        collections = collections();
        pause = pauseMillis();
        thread = thread();
        allocated = allocated();
        cpu = THREADS.getCurrentThreadCpuTime();
        wall = System.nanoTime();
        lost = lost(wall - read);
    }

    static ClockReading start() {
        return new ClockReading();
    }

    /** Returns what the calls since the start took. */
    CallBatch end(long calls) {
        long wallNow = System.nanoTime();
        long cpuNow = THREADS.getCurrentThreadCpuTime();
        long allocatedNow = allocated();
        ThreadInfo threadNow = thread();
        double waits = waits(threadNow) - waits(thread);
        double paused = 1e6 * (pauseMillis() - pause);
        boolean collected = collections() > collections;
        if (collected) {
            paused += Math.max(0, SchedulerDelay.ofTheCollector() - collectorDelay);
        }
        long delayNow = SchedulerDelay.ofThisThread();
        double delayed = delayNow < 0 ? -1 : Math.max(0, delayNow - delay - lost - lost(System.nanoTime() - wallNow));
        if (collected && waits == 0) {
            // A thread also waits for the collection to begin, and to be told that it is over: no clock counts that.
            paused = Math.max(paused, wallNow - wall - (cpuNow - cpu) - Math.max(0, delayed));
        }
        return new CallBatch(
                calls,
                wallNow - wall,
                cpuNow - cpu,
                delayed,
                paused,
                waits,
                1e6 * (parkedMillis(threadNow) - parkedMillis(thread)),
                allocatedNow < 0 ? -1 : allocatedNow - allocated);
    }

    /** Reading clocks takes less than this; a thread that needed longer had no processor. */
    private static long lost(long between) {
        return between > 500_000 ? between : 0;
    }

    private static ThreadInfo thread() {
        return THREADS.getThreadInfo(Thread.currentThread().threadId());
    }

    private static long waits(ThreadInfo of) {
        return of.getBlockedCount() + of.getWaitedCount();
    }

    /** Zero unless {@link ThreadMXBean#setThreadContentionMonitoringEnabled} is on. */
    private static long parkedMillis(ThreadInfo of) {
        return Math.max(0, of.getBlockedTime()) + Math.max(0, of.getWaitedTime());
    }

    private static long collections() {
        return PAUSING.stream()
                .mapToLong(bean -> Math.max(0, bean.getCollectionCount()))
                .sum();
    }

    private static long pauseMillis() {
        return PAUSING.stream()
                .mapToLong(bean -> Math.max(0, bean.getCollectionTime()))
                .sum();
    }

    private static long allocated() {
        return THREADS instanceof com.sun.management.ThreadMXBean known ? known.getCurrentThreadAllocatedBytes() : -1;
    }
}

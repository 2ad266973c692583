package dev.pando.lab.experiment;

import java.lang.management.ManagementFactory;

/** Memory held by waiting activities: on the heap for virtual threads and coroutines, or by the whole process. */
final class HeapMeter {
    private HeapMeter() {}

    /** Returns the live part of the heap. Collects garbage first. */
    static double inTheHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /**
     * Returns the memory of the process, stacks of platform threads included. Negative where the system does not tell.
     */
    static double byTheProcess() {
        return ResidentMemory.now().orElse(-1);
    }
}

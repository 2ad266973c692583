package dev.pando.lab.experiment;

import java.lang.management.ManagementFactory;

/** What waits in the heap: the stacks of virtual threads, and of coroutines. */
final class Held {
    private Held() {}

    /** The living part of the heap. Collects garbage first: what is dead is not held. */
    static double inTheHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** What the process holds, for what lives outside of the heap: the stacks of platform threads. Negative where nobody can tell. */
    static double byTheProcess() {
        return Resident.now().orElse(-1);
    }
}

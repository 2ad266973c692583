package dev.pando.internal.inspect;

import dev.pando.PoolView;
import dev.pando.TaskStack;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * The stacks of many tasks, asked for side by side: a frozen worker process answers none of them, and the wait for it
 * must not delay the others. The calling thread helps, so that it works too where no thread can be started.
 */
final class StackCollector {
    private static final int MOST_THREADS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** A running task whose stack is wanted. */
    record WantedStack(PoolView view, long pool, long task) {}

    private final List<WantedStack> wanted;
    private final AtomicReferenceArray<TaskStack> found;
    private final AtomicInteger next = new AtomicInteger();

    private StackCollector(List<WantedStack> wanted) {
        this.wanted = wanted;
        this.found = new AtomicReferenceArray<>(wanted.size());
    }

    /** Returns a stack for each, in the same order, with the reason where there is none. */
    static List<TaskStack> of(List<WantedStack> wanted) throws InterruptedException {
        StackCollector collector = new StackCollector(wanted);
        Thread[] helpers = new Thread[Math.min(MOST_THREADS, wanted.size())];
        try {
            for (int i = 0; i < helpers.length; i++) {
                Thread helper = Thread.ofPlatform()
                        .daemon()
                        .name("pando-inspector-" + i)
                        .unstarted(collector::collect);
                helper.start();
                helpers[i] = helper;
            }
        } catch (OutOfMemoryError noThread) {
            // those that have started, and this thread
        }
        collector.collect();
        for (Thread helper : helpers) {
            if (helper != null) {
                helper.join();
            }
        }
        return collector.stacks();
    }

    private void collect() {
        for (int at = next.getAndIncrement(); at < wanted.size(); at = next.getAndIncrement()) {
            WantedStack one = wanted.get(at);
            found.set(at, one.view.look(one.task, PATIENCE));
        }
    }

    private List<TaskStack> stacks() {
        return IntStream.range(0, wanted.size()).mapToObj(found::get).toList();
    }
}

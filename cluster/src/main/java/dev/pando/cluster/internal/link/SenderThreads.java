package dev.pando.cluster.internal.link;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Threads that send, and do what may wait: a few, each gone after a second without work. */
public final class SenderThreads {
    /** As many members may be slow to read before others wait for them. */
    private static final int MOST = 64;

    private SenderThreads() {}

    /** Returns new ones, with this name. Each is reported before it starts. */
    public static ThreadPoolExecutor named(String name, Consumer<Thread> report) {
        ThreadFactory plain = Thread.ofPlatform().daemon().name(name + "-link").factory();
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(MOST, MOST, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), body -> {
                    Thread made = plain.newThread(body);
                    report.accept(made);
                    return made;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}

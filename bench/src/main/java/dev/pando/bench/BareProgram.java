package dev.pando.bench;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What stands beside a {@link ColdProgram}: a fresh program without Pando, which is not even on its class path. */
final class BareProgram {
    private BareProgram() {}

    /** Does nothing, or runs one task on the JDK's own pool, and prints how many milliseconds that took. */
    public static void main(String[] args) throws Exception {
        long begin = System.nanoTime();
        if (args[0].equals("executor")) {
            ExecutorService pool = new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(10_000));
            pool.submit((Callable<Integer>) () -> 42).get();
        }
        System.out.println("done " + (System.nanoTime() - begin) / 1e6);
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}

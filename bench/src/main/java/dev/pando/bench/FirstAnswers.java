package dev.pando.bench;

import dev.pando.Task;
import java.util.concurrent.ExecutorService;

/**
 * The time from opening a pool to its worker's first answer: for the program's first pool, for further pools, and for a
 * worker that has waited a moment before the task comes.
 */
final class FirstAnswers {
    private final JavaPool pools;
    private final MeasuringEffort measuringEffort;

    FirstAnswers(JavaPool pools, MeasuringEffort measuringEffort) {
        this.pools = pools;
        this.measuringEffort = measuringEffort;
    }

    void run() throws Exception {
        PeerFork.print(ResultLine.START_FIRST.key, toFirstAnswer(0));
        if (pools == JavaPool.PANDO) {
            leaveAnArchive();
        }
        for (int i = 0; i < measuringEffort.of("starts"); i++) {
            PeerFork.print(ResultLine.START_NEW.key, toFirstAnswer(i));
        }
        for (int i = 0; i < measuringEffort.of("rests"); i++) {
            PeerFork.print(ResultLine.START_RESTED.key, rested(i));
        }
    }

    /** Keeps a pool open until it has written an archive, as any pool of that age does. */
    private void leaveAnArchive() throws Exception {
        ExecutorService pool = pools.openEarly();
        Thread.sleep(measuringEffort.of("archive"));
        JavaPool.close(pool);
    }

    private double toFirstAnswer(int number) throws Exception {
        long begin = System.nanoTime();
        ExecutorService pool = pools.open(1, 1);
        JavaPool.answer(pool, lambda(number));
        long end = System.nanoTime();
        JavaPool.close(pool);
        return (end - begin) / 1e6;
    }

    private double rested(int number) throws Exception {
        ExecutorService pool = pools.openEarly();
        Thread.sleep(measuringEffort.of("rest"));
        long begin = System.nanoTime();
        JavaPool.answer(pool, lambda(number));
        long end = System.nanoTime();
        JavaPool.close(pool);
        return (end - begin) / 1e6;
    }

    private static Task<Integer> lambda(int number) {
        return () -> number + 1;
    }
}

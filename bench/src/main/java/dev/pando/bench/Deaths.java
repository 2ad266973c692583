package dev.pando.bench;

import dev.pando.Action;
import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.process.Processes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The time until the next answer after a worker was killed, and until a worker is dead that ignores its timeout.
 * Measured for Pando only: PP4J loses the next task for ever, and has no timeout.
 */
final class Deaths {
    static final Duration TIMEOUT = Duration.ofMillis(50);
    static final Duration GRACE = Duration.ofMillis(20);
    private static final int PATIENCE_SECONDS = 30;

    private static final Task<Long> PROCESS = () -> ProcessHandle.current().pid();
    private static final Action STAY = () -> Thread.sleep(60_000);
    private static final Action HANG = () -> {
        while (true) Thread.onSpinWait();
    };

    /** A separate class, so that a worker need not link the other tasks. */
    private static final class Nothing {
        static Task<Integer> task() {
            return () -> 42;
        }
    }

    private final Effort effort;

    Deaths(Effort effort) {
        this.effort = effort;
    }

    void run() throws Exception {
        kill(Line.KILL, 0, effort.of("kills"), 50);
        kill(Line.KILL_SPARE, 1, effort.of("spareKills"), effort.of("spare"));
        Bare.follows(effort);
        Bare.standsIn(effort);
        timeouts(Line.TIMEOUT, 0);
        Bare.ends(effort, Line.BARE_ENDED, false);
        timeouts(Line.TIMEOUT_SPARE, 1);
        Bare.ends(effort, Line.BARE_ENDED_STARTING, true);
    }

    /** {@code millis} is the time for workers and spares to get ready between two kills. */
    private static void kill(Line line, int spares, int count, int millis) throws Exception {
        try (Pool pool = Pool.open(Processes.of(1).spares(spares))) {
            JavaPool.answer(pool, Nothing.task());
            for (int i = 0; i < count; i++) {
                Thread.sleep(millis);
                long worker = JavaPool.answer(pool, PROCESS);
                pool.submit(STAY);
                Thread.sleep(50);
                ProcessHandle process = ProcessHandle.of(worker).orElseThrow();
                CompletableFuture<Long> told = process.onExit().thenApply(_ -> System.nanoTime());
                long begin = System.nanoTime();
                process.destroyForcibly();
                next(pool, Nothing.task());
                PeerFork.print(line.key, (System.nanoTime() - begin) / 1e6);
                if (spares > 0) PeerFork.print(Line.KILL_TOLD.key, (told.get() - begin) / 1e6);
            }
        }
    }

    /** Submits the task until a worker answers. */
    static <T> T next(Pool pool, Task<T> task) throws Exception {
        while (true) {
            try {
                return JavaPool.answer(pool, task);
            } catch (ExecutionException lost) {
                // the task went to the killed worker
            }
        }
    }

    /** The time starts before the task is submitted to an idle worker, so it is rather too long than too short. */
    private void timeouts(Line line, int spares) throws Exception {
        try (Pool pool = Pool.open(Processes.of(1).spares(spares).grace(GRACE))) {
            for (int i = -effort.of("timeoutsBefore"); i < effort.of("timeouts"); i++) {
                ProcessHandle worker = ProcessHandle.of(JavaPool.answer(pool, PROCESS)).orElseThrow();
                CompletableFuture<Long> dead = worker.onExit().thenApply(_ -> System.nanoTime());
                long due = System.nanoTime() + TIMEOUT.plus(GRACE).toNanos();
                pool.timeout(TIMEOUT).submit(HANG);
                double beyond = (dead.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - due) / 1e6;
                if (i >= 0) PeerFork.print(line.key, beyond);
            }
        }
    }
}

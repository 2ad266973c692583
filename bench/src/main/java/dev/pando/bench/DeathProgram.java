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
final class DeathProgram {
    static final Duration TIMEOUT = Duration.ofMillis(50);
    static final Duration GRACE = Duration.ofMillis(20);
    private static final int PATIENCE_SECONDS = 30;

    private static final Task<Long> PROCESS = () -> ProcessHandle.current().pid();
    private static final Action STAY = () -> Thread.sleep(60_000);
    private static final Action HANG = () -> {
        while (true) {
            Thread.onSpinWait();
        }
    };

    /** A separate class, so that a worker need not link the other tasks. */
    private static final class Nothing {
        static Task<Integer> task() {
            return () -> 42;
        }
    }

    private final MeasuringEffort measuringEffort;

    DeathProgram(MeasuringEffort measuringEffort) {
        this.measuringEffort = measuringEffort;
    }

    void run() throws Exception {
        kill(ResultLine.KILL, 0, measuringEffort.of("kills"), 50);
        kill(ResultLine.KILL_SPARE, 1, measuringEffort.of("spareKills"), measuringEffort.of("spare"));
        BareJvm.follows(measuringEffort);
        BareJvm.standsIn(measuringEffort);
        timeouts(ResultLine.TIMEOUT, 0);
        BareJvm.ends(measuringEffort, ResultLine.BARE_ENDED, false);
        timeouts(ResultLine.TIMEOUT_SPARE, 1);
        BareJvm.ends(measuringEffort, ResultLine.BARE_ENDED_STARTING, true);
    }

    /** {@code millis} is the time for workers and spares to get ready between two kills. */
    private static void kill(ResultLine resultLine, int spares, int count, int millis) throws Exception {
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
                PeerFork.print(resultLine.key, (System.nanoTime() - begin) / 1e6);
                if (spares > 0) {
                    PeerFork.print(ResultLine.KILL_TOLD.key, (told.get() - begin) / 1e6);
                }
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
    private void timeouts(ResultLine resultLine, int spares) throws Exception {
        try (Pool pool = Pool.open(Processes.of(1).spares(spares).grace(GRACE))) {
            for (int i = -measuringEffort.of("timeoutsBefore"); i < measuringEffort.of("timeouts"); i++) {
                ProcessHandle worker =
                        ProcessHandle.of(JavaPool.answer(pool, PROCESS)).orElseThrow();
                CompletableFuture<Long> dead = worker.onExit().thenApply(_ -> System.nanoTime());
                long due = System.nanoTime() + TIMEOUT.plus(GRACE).toNanos();
                pool.timeout(TIMEOUT).submit(HANG);
                double beyond = (dead.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - due) / 1e6;
                if (i >= 0) {
                    PeerFork.print(resultLine.key, beyond);
                }
            }
        }
    }
}

package dev.pando.internal.scarcity;

import dev.pando.DeadlineExceededException;
import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.PoolListener;
import dev.pando.PoolStats;
import dev.pando.Submitter;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The life of a pool of worker processes, during which memory is short somewhere in the program that has the pool: a
 * {@link ScarceLoader} loads it, and its workers are {@link TwinProcess twins}. Returns what is wrong in the end,
 * nothing if all is well.
 */
public final class ProcessScenario implements BiFunction<String, Runnable, String> {
    private static final Duration PROMPT = Duration.ofSeconds(15);

    /** What tasks wait at. Static, because an unpacked task finds no other reference. */
    private static volatile CountDownLatch gate = new CountDownLatch(0);

    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private final List<TaskFuture<?>> accepted = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    public ProcessScenario() {}

    @Override
    public String apply(String kind, Runnable relax) {
        ProcessScenario scenario = new ProcessScenario();
        String[] fault = {""};
        Thread life = Thread.ofPlatform().daemon().start(() -> fault[0] = scenario.live(kind, relax));
        try {
            if (!life.join(PROMPT.multipliedBy(8))) {
                relax.run();
                return "hangs at " + List.of(life.getStackTrace());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return fault[0];
    }

    private String live(String kind, Runnable relax) {
        gate = new CountDownLatch(1);
        TwinProcess.forgetAll();
        Pool pool;
        try {
            pool = open(kind);
        } catch (OutOfMemoryError | IllegalArgumentException refused) {
            relax.run();
            if (!LocalScenario.isMemory(refused)) {
                throw refused;
            }
            return awaitNoWorker() ? "" : "a worker is left of a pool that was not opened";
        }
        try {
            life(pool);
        } catch (Throwable t) {
            faults.add("the scenario threw " + t);
        }
        relax.run();
        gate.countDown();
        for (TaskFuture<?> future : accepted) {
            if (!ends(future)) {
                faults.add(future + " does not end");
                break; // or each of them would be waited for
            }
        }
        try {
            Integer value = pool.submit((Task<Integer>) () -> 5).result(PROMPT);
            if (value != 5) {
                faults.add("a new task gave " + value);
            }
        } catch (Throwable t) {
            faults.add("a new task: " + t);
        }
        close(pool);
        return String.join("; ", faults);
    }

    private static Pool open(String kind) {
        Processes workers = Processes.of(2).output(Output.discard()).grace(Duration.ofMillis(50));
        if (kind.equals("processes")) {
            return Pool.with(workers).queue(80).open();
        }
        Processes eager = workers.eager().spares(1).recycleAfter(12).initializer(() -> {});
        return Pool.with(eager).queue(80).listener(new PoolListener() {}).open();
    }

    private void close(Pool pool) {
        try {
            pool.shutdown();
            if (!pool.awaitTermination(PROMPT.toMillis(), TimeUnit.MILLISECONDS)) {
                faults.add("does not close");
                pool.close(PROMPT);
            }
        } catch (Throwable t) {
            faults.add("close: " + t);
        }
        PoolStats stats = pool.stats();
        if (stats.queued() != 0 || stats.running() != 0 || stats.workers() != 0) {
            faults.add("" + stats);
        }
        if (stats.submitted() != stats.succeeded() + stats.failed() + stats.cancelled()) {
            faults.add("counts: " + stats);
        }
        if (!awaitNoWorker()) {
            faults.add("a worker is left");
        }
    }

    private static boolean awaitNoWorker() {
        long end = System.nanoTime() + PROMPT.toNanos();
        while (TwinProcess.alive() > 0 && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        return TwinProcess.alive() == 0;
    }

    private static boolean ends(TaskFuture<?> future) {
        long end = System.nanoTime() + PROMPT.toNanos();
        while (System.nanoTime() < end) {
            try {
                var _ = future.exception(PROMPT);
                return true;
            } catch (CancellationException e) {
                return true;
            } catch (OutOfMemoryError e) {
                Thread.onSpinWait(); // the question of this thread was refused
            } catch (DeadlineExceededException e) {
                return false;
            }
        }
        return false;
    }

    private void life(Pool pool) throws Exception {
        for (int i = 0; i < 4; i++) {
            int number = i;
            submit(pool, () -> number);
        }
        byte[] large = new byte[20_000]; // more than is written without a thread
        submit(pool, () -> large.length);
        submit(pool, () -> {
            throw new IllegalStateException("of the task");
        });
        submit(pool, () -> {
            TwinWorker.print("a line");
            return 1;
        });
        AtomicInteger due = new AtomicInteger();
        AtomicInteger called = new AtomicInteger();
        TaskFuture<?> held = submit(pool, ProcessScenario::atTheGate);
        if (held != null) {
            try {
                due.incrementAndGet();
                var _ = held.onDone(_ -> called.incrementAndGet());
            } catch (OutOfMemoryError refused) {
                due.decrementAndGet();
            }
        }
        cancel(submit(pool, ProcessScenario::atTheGate));
        gate.countDown();
        stops(pool);
        for (int i = 0; i < 60; i++) {
            submit(pool, () -> 1); // so many that some lie ahead of their turn
        }
        map(pool);
        submit(pool, () -> {
            TwinWorker.crash();
            return 0;
        });
        for (TaskFuture<?> future : accepted) {
            if (!ends(future)) {
                faults.add(future + " stays");
                return;
            }
        }
        long end = System.nanoTime() + PROMPT.toNanos();
        while (called.get() < due.get() && System.nanoTime() - end < 0) {
            Thread.onSpinWait(); // the errand runs on a thread of its own
        }
        if (called.get() != due.get()) {
            faults.add("callbacks: " + called.get() + " of " + due.get());
        }
    }

    private static int atTheGate() throws InterruptedException {
        return gate.await(PROMPT.toSeconds(), TimeUnit.SECONDS) ? 1 : 0;
    }

    /** A task that obeys, and one that has to be killed with its worker. */
    private void stops(Pool pool) {
        Submitter inTime;
        try {
            inTime = pool.timeout(Duration.ofMillis(1));
        } catch (OutOfMemoryError refused) {
            return;
        }
        TaskFuture<?> obeys = submit(inTime, () -> NEVER.await(4 * PROMPT.toSeconds(), TimeUnit.SECONDS) ? 1 : 0);
        TaskFuture<?> late = submit(inTime, () -> {
            TwinWorker.awaitEnd();
            return 0;
        });
        if (obeys != null && !ends(obeys)) {
            faults.add("not timed out");
        }
        if (late != null && !ends(late)) {
            faults.add("not killed");
        }
    }

    private static void cancel(@Nullable TaskFuture<?> future) {
        if (future != null) {
            try {
                future.cancel(true);
            } catch (OutOfMemoryError e) {
                // is it done all the same?
            }
        }
    }

    private void map(Pool pool) {
        try {
            int sum = 0;
            for (int value : pool.map(n -> n + 1, IntStream.range(0, 20).boxed().toList())
                    .toList()) {
                sum += value;
            }
            if (sum != 20 * 21 / 2) {
                faults.add("the map gave " + sum);
            }
        } catch (OutOfMemoryError | RejectedExecutionException e) {
            // the map failed as a whole
        } catch (RuntimeException e) {
            if (!LocalScenario.isMemory(e)) {
                throw e;
            }
        }
    }

    private @Nullable TaskFuture<?> submit(Submitter to, Task<Integer> task) {
        try {
            TaskFuture<?> future = to.submit(task);
            accepted.add(future);
            return future;
        } catch (OutOfMemoryError | RejectedExecutionException refused) {
            return null;
        } catch (NotSendableException e) {
            if (!LocalScenario.isMemory(e)) {
                throw e;
            }
            return null;
        }
    }
}

package dev.pando.internal.scarcity;

import dev.pando.DeadlineExceededException;
import dev.pando.Futures;
import dev.pando.Mapping;
import dev.pando.Outcome;
import dev.pando.Pool;
import dev.pando.PoolListener;
import dev.pando.PoolStats;
import dev.pando.Submitter;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.local.Caller;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.loop.Loop;
import dev.pando.spi.Backend;
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

/**
 * The life of a pool in this JVM, during which memory is short somewhere: a {@link ScarceLoader} loads it. Returns what
 * is wrong in the end, nothing if all is well.
 */
public final class LocalScenario implements BiFunction<String, Runnable, String> {
    public LocalScenario() {}

    private static final Duration PROMPT = Duration.ofSeconds(15);

    @Override
    public String apply(String kind, Runnable relax) {
        List<String> faults = new ArrayList<>();
        Pool pool;
        try {
            Backend backend = switch (kind) {
                case "virtual" -> Virtual.atMost(2);
                case "unlimited" -> Virtual.unlimited();
                case "threads" -> Threads.of(2);
                case "loop" -> Loop.create();
                default -> Caller.inline();
            };
            pool = Pool.with(backend).queue(4).listener(new PoolListener() {}).open();
        } catch (OutOfMemoryError refused) {
            relax.run();
            return "";
        }
        List<TaskFuture<?>> accepted = new ArrayList<>();
        try {
            life(pool, kind.equals("caller"), accepted, faults);
        } catch (Throwable t) {
            faults.add("the scenario threw " + t);
        }
        relax.run();
        for (TaskFuture<?> future : accepted) {
            if (!ends(future)) {
                faults.add(future + " does not end");
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
        try {
            if (!pool.close(PROMPT)) {
                faults.add("does not close");
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
        return String.join("; ", faults);
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

    private static void life(Pool pool, boolean isCaller, List<TaskFuture<?>> accepted, List<String> faults)
            throws Exception {
        Submitter inTime;
        try {
            inTime = pool.timeout(Duration.ofMillis(1));
        } catch (OutOfMemoryError refused) {
            return;
        }
        AtomicInteger due = new AtomicInteger();
        AtomicInteger called = new AtomicInteger();
        for (int i = 0; i < 6; i++) {
            int number = i;
            submit(pool, accepted, () -> number);
        }
        CountDownLatch gate = new CountDownLatch(1);
        TaskFuture<?> held = submit(pool, accepted, () -> {
            return isCaller || gate.await(15, TimeUnit.SECONDS) ? 1 : 0;
        });
        submit(pool, accepted, () -> {
            throw new IllegalStateException("of the task");
        });
        if (held != null) {
            for (int i = 0; i < 2; i++) {
                try {
                    due.incrementAndGet();
                    var _ = held.onDone(done -> called.incrementAndGet());
                } catch (OutOfMemoryError refused) {
                    due.decrementAndGet();
                }
            }
            Thread waiter = new Thread(() -> {
                try {
                    var _ = held.exception(PROMPT);
                } catch (Throwable t) {
                    // it may be short of memory itself
                }
            });
            waiter.start();
            gate.countDown();
            waiter.join();
        }
        gate.countDown();
        TaskFuture<?> cancelled = submit(pool, accepted, () -> {
            Thread.sleep(2);
            return 1;
        });
        if (cancelled != null) {
            try {
                cancelled.cancel(true);
            } catch (OutOfMemoryError e) {
                // is it done all the same?
            }
        }
        if (!isCaller) {
            CountDownLatch never = new CountDownLatch(1);
            TaskFuture<?> late = submit(inTime, accepted, () -> {
                try {
                    var _ = never.await(15, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    return 0;
                }
                throw new IllegalStateException("not stopped");
            });
            if (late != null) {
                due.incrementAndGet();
                try {
                    var _ = late.onDone(done -> called.incrementAndGet());
                } catch (OutOfMemoryError refused) {
                    due.decrementAndGet();
                }
                if (!ends(late)) {
                    faults.add("not timed out");
                }
            }
        }
        maps(pool, faults);
        waits(pool, accepted);
        for (TaskFuture<?> future : accepted) {
            if (!ends(future)) {
                faults.add(future + " stays");
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

    /** The later elements are slow, so that a chunk of several is divided. */
    private static int slow(int n) throws InterruptedException {
        if (n > 40) {
            Thread.sleep(1);
        }
        return n + 1;
    }

    private static void maps(Pool pool, List<String> faults) {
        List<Integer> inputs = IntStream.range(0, 56).boxed().toList();
        for (boolean ordered : new boolean[] {true, false}) {
            try {
                int sum = 0;
                Mapping<Integer, Integer> mapping = pool.mapping(LocalScenario::slow);
                for (Outcome<Integer> outcome : (ordered ? mapping : mapping.unordered())
                        .outcomes()
                        .over(inputs)
                        .toList()) {
                    sum += outcome instanceof Outcome.Success<Integer>(Integer value) ? value : 10_000;
                }
                if (sum != 56 * 57 / 2 && sum < 10_000) {
                    faults.add("the map gave " + sum);
                }
            } catch (OutOfMemoryError | RejectedExecutionException e) {
                // the map failed as a whole
            } catch (RuntimeException e) {
                if (!isMemory(e)) {
                    throw e;
                }
            }
        }
    }

    private static void waits(Pool pool, List<TaskFuture<?>> accepted) {
        try {
            List<TaskFuture<Integer>> some = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                TaskFuture<Integer> one = pool.priority(i).submit(() -> 1);
                some.add(one);
                accepted.add(one);
            }
            accepted.add(Futures.gather(some));
            var _ = Futures.wait(some);
            for (TaskFuture<Integer> one : Futures.asCompleted(some)) {
                var _ = one.result();
            }
            var _ = some.getFirst().toCompletableFuture().thenApply(n -> n + 1).get(15, TimeUnit.SECONDS);
            var _ = pool.invokeAny(List.of(() -> 1, () -> 2));
        } catch (OutOfMemoryError | RejectedExecutionException e) {
            // refused as a whole
        } catch (Exception e) {
            if (!isMemory(e)) {
                throw new IllegalStateException(e);
            }
        }
    }

    static boolean isMemory(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof OutOfMemoryError
                    || String.valueOf(at.getMessage()).contains("memory")) {
                return true;
            }
        }
        return false;
    }

    private static @org.jspecify.annotations.Nullable TaskFuture<?> submit(
            Submitter to, List<TaskFuture<?>> accepted, Task<Integer> task) {
        try {
            TaskFuture<?> future = to.submit(task);
            accepted.add(future);
            return future;
        } catch (OutOfMemoryError | RejectedExecutionException refused) {
            return null;
        }
    }
}

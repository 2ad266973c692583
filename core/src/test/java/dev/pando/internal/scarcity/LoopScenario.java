package dev.pando.internal.scarcity;

import dev.pando.DeadlineExceededException;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.loop.Channel;
import dev.pando.loop.Condition;
import dev.pando.loop.Loop;
import dev.pando.loop.LoopTimeout;
import dev.pando.loop.Mutex;
import dev.pando.loop.RunningLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;

/**
 * The life of an event loop, during which memory is short somewhere: a {@link ScarceLoader} loads it. Returns what is
 * wrong in the end, nothing if all is well.
 */
public final class LoopScenario implements BiFunction<String, Runnable, String> {
    public LoopScenario() {}

    private static final Duration PROMPT = Duration.ofSeconds(15);

    /** What a coroutine does. */
    private interface Part {
        void run() throws Exception;
    }

    @Override
    public String apply(String kind, Runnable relax) {
        List<String> faults = new ArrayList<>();
        Thread caller = new Thread(() -> runs(kind, faults), "caller of the loop");
        caller.setDaemon(true);
        caller.start();
        try {
            if (!caller.join(PROMPT)) {
                faults.add("the loop does not end: " + Loop.dump());
            }
            relax.run();
            if (!Loop.dump().equals("no loop has a coroutine")) {
                faults.add("left over: " + Loop.dump());
            }
            int value = Loop.run((Callable<Integer>) () -> {
                Loop.sleep(Duration.ofNanos(1000));
                return 5;
            });
            if (value != 5) {
                faults.add("a new loop gave " + value);
            }
        } catch (Throwable t) {
            faults.add("the scenario threw " + t);
        }
        return String.join("; ", faults);
    }

    private static void runs(String kind, List<String> faults) {
        try {
            Loop loop = kind.endsWith("shuffled") ? Loop.create().shuffled(7) : Loop.create();
            Loop.run(loop, (Callable<Integer>) () -> body(faults));
        } catch (Throwable t) {
            if (!isFair(t)) {
                faults.add("the loop threw " + t);
            }
        }
    }

    private static int body(List<String> faults) {
        part(faults, LoopScenario::spawns);
        part(faults, () -> channels(Channel.of(20), faults));
        part(faults, () -> channels(Channel.lifo(20), faults));
        part(faults, () -> channels(Channel.priority(3), faults));
        part(faults, () -> timeouts(faults));
        part(faults, LoopScenario::conditions);
        part(faults, LoopScenario::outside);
        part(faults, LoopScenario::fails);
        return 1;
    }

    private static void part(List<String> faults, Part part) {
        try {
            part.run();
        } catch (Throwable t) {
            if (!isFair(t)) {
                faults.add("" + t);
            }
        }
    }

    /** Returns whether a want of memory may lead to this. */
    private static boolean isFair(Throwable thrown) {
        return LocalScenario.isMemory(thrown) || thrown instanceof CancellationException;
    }

    private static void spawns() {
        List<TaskFuture<Integer>> some = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int number = i;
            some.add(Loop.spawn("named-" + i, () -> {
                Loop.yield();
                return number;
            }));
        }
        TaskFuture<Integer> shielded = Loop.spawn(() -> 7);
        shielded.onDone(done -> {});
        var _ = Loop.gather(some);
        var _ = Loop.shield(shielded);
        TaskFuture<Integer> slow = Loop.spawn(() -> {
            Loop.sleep(PROMPT);
            return 1;
        });
        var _ = Loop.race(List.of(Loop.spawn(() -> 2), slow));
    }

    private static void channels(Channel<Integer> channel, List<String> faults) {
        TaskFuture<Integer> sender = Loop.spawn(() -> {
            try {
                for (int i = 1; i <= 40; i++) {
                    channel.send(i);
                }
            } finally {
                channel.close();
            }
            return 40;
        });
        boolean complete = false;
        int sum = 0;
        try {
            Loop.yield();
            for (int item : channel) {
                sum += item;
            }
            complete = true;
        } finally {
            if (!complete) {
                sender.cancel(true);
            }
        }
        if (Loop.await(sender) == 40 && sum != 820) {
            faults.add("of the items came " + sum);
        }
    }

    private static void timeouts(List<String> faults) {
        Loop.sleep(Duration.ofMillis(1));
        var _ = Loop.await(Loop.callLater(Duration.ofMillis(1), () -> 1));
        LoopTimeout limit = LoopTimeout.of(PROMPT);
        try {
            Loop.timeout(limit, (Callable<Integer>) () -> {
                try {
                    limit.reschedule(Duration.ofMillis(2));
                } catch (OutOfMemoryError e) {
                    return 0;
                }
                Loop.sleep(PROMPT);
                return 1;
            });
        } catch (DeadlineExceededException e) {
            return;
        }
        if (!limit.isExpired() && limit.when() == null) {
            faults.add("no limit is left");
        }
    }

    private static void conditions() {
        Mutex mutex = new Mutex();
        Condition condition = Condition.of(mutex);
        boolean[] there = {false};
        TaskFuture<Integer> consumer = Loop.spawn(() -> mutex.withLock(() -> {
            condition.awaitUntil(() -> there[0]);
            return 1;
        }));
        boolean produced = false;
        try {
            Loop.yield();
            mutex.withLock(() -> {
                there[0] = true;
                condition.signal();
                Loop.yield();
            });
            produced = true;
        } finally {
            if (!produced) {
                consumer.cancel(true);
            }
        }
        var _ = Loop.await(consumer);
    }

    private static void outside() {
        RunningLoop here = Loop.running();
        var _ = Loop.await(Loop.await((Callable<TaskFuture<Integer>>) () -> here.spawn(() -> 3)));
        var _ = Loop.await((Callable<Integer>) () -> {
            Thread.sleep(1);
            return 1;
        });
        try (var group = Loop.group()) {
            var _ = group.submit((Task<Integer>) () -> 1);
        }
    }

    private static void fails() {
        Loop.spawn((Callable<Integer>) () -> {
            throw new IllegalStateException("of the coroutine");
        });
        Loop.yield();
        Loop.spawn(
                () -> { // the loop's end cancels it
                    Loop.sleep(PROMPT);
                    return 1;
                });
    }
}

package dev.pando.bench;

import dev.pando.TaskFuture;
import dev.pando.loop.Channel;
import dev.pando.loop.Event;
import dev.pando.loop.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/**
 * A program of {@link LoopRounds}: coroutines of a loop, or plain virtual threads, that repeat {@code asyncio_peer.py}
 * step by step. Prints a line for each number.
 *
 * <p>Arguments: {@code pando} or {@code virtual}; then coroutines that sleep, hand-overs, items of each of 1000
 * senders, repeats.
 */
final class LoopFork {
    private static final int SENDERS = 1000;
    private static final int ROOM = 10;
    private static final int WAITING = 100_000;
    private static final Duration PAUSE = Duration.ofMillis(10);
    /** Runs before the JIT compiler has profiled enough. */
    private static final int WARM_UP = 6;

    private LoopFork() {}

    public static void main(String[] args) throws Exception {
        boolean loop = args[0].equals("pando");
        int sleeping = Integer.parseInt(args[1]);
        int handed = Integer.parseInt(args[2]);
        int items = Integer.parseInt(args[3]);
        int repeats = Integer.parseInt(args[4]);
        System.out.println("version JDK " + Runtime.version());
        show("sleep", rate(sleeping, repeats, loop ? () -> sleepers(sleeping) : () -> virtualSleepers(sleeping)));
        show("hand", rate(handed, repeats, loop ? () -> handOvers(handed) : () -> virtualHandOvers(handed)));
        show("senders", rate(SENDERS * items, repeats, loop ? () -> senders(items) : () -> virtualSenders(items)));
        int waiting = Math.min(WAITING, sleeping);
        show("memory", loop ? waiting(waiting) : virtualWaiting(waiting));
    }

    private static void show(String name, double number) {
        System.out.println(name + " " + String.format(Locale.ROOT, "%.3f", number));
    }

    private static double rate(int count, int repeats, Callable<?> work) throws Exception {
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < WARM_UP + repeats; i++) {
            long begin = System.nanoTime();
            work.call();
            if (i >= WARM_UP) {
                rates.add(count / ((System.nanoTime() - begin) / 1e9));
            }
        }
        return RoundSamples.median(rates);
    }

    private static Object sleepers(int count) {
        return Loop.run(() -> {
            List<TaskFuture<Object>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(Loop.spawn(() -> {
                    Loop.sleep(PAUSE);
                    return PAUSE;
                }));
            }
            return Loop.gather(all);
        });
    }

    private static Object virtualSleepers(int count) throws InterruptedException {
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(Thread.startVirtualThread(() -> {
                try {
                    Thread.sleep(PAUSE);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (Thread one : all) {
            one.join();
        }
        return all;
    }

    private static Object handOvers(int count) {
        return Loop.run(() -> {
            Channel<Integer> there = Channel.of(1);
            Channel<Integer> back = Channel.of(1);
            TaskFuture<Integer> other = Loop.spawn(() -> {
                for (int i = 0; i < count / 2; i++) {
                    back.send(there.receive());
                }
                return 0;
            });
            for (int i = 0; i < count / 2; i++) {
                there.send(i);
                back.receive();
            }
            return Loop.await(other);
        });
    }

    private static Object virtualHandOvers(int count) throws Exception {
        ArrayBlockingQueue<Integer> there = new ArrayBlockingQueue<>(1);
        ArrayBlockingQueue<Integer> back = new ArrayBlockingQueue<>(1);
        return together(
                () -> {
                    for (int i = 0; i < count / 2; i++) {
                        back.put(there.take());
                    }
                    return 0;
                },
                () -> {
                    for (int i = 0; i < count / 2; i++) {
                        there.put(i);
                        back.take();
                    }
                    return 0;
                });
    }

    private static Object senders(int items) {
        return Loop.run(() -> {
            Channel<Integer> channel = Channel.of(ROOM);
            List<TaskFuture<Object>> all = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                all.add(Loop.spawn(() -> {
                    for (int i = 0; i < items; i++) {
                        channel.send(i);
                    }
                    return channel;
                }));
            }
            long total = 0;
            for (int i = 0; i < SENDERS * items; i++) {
                total += channel.receive();
            }
            Loop.gather(all);
            return total;
        });
    }

    private static Object virtualSenders(int items) throws Exception {
        ArrayBlockingQueue<Integer> queue = new ArrayBlockingQueue<>(ROOM);
        List<Callable<?>> all = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            all.add(() -> {
                for (int i = 0; i < items; i++) {
                    queue.put(i);
                }
                return queue;
            });
        }
        all.add(() -> {
            long total = 0;
            for (int i = 0; i < SENDERS * items; i++) {
                total += queue.take();
            }
            return total;
        });
        return together(all.toArray(new Callable<?>[0]));
    }

    private static Object together(Callable<?>... bodies) throws InterruptedException {
        List<Thread> all = new ArrayList<>();
        for (Callable<?> body : bodies) {
            all.add(Thread.startVirtualThread(() -> {
                try {
                    body.call();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (Thread one : all) {
            one.join();
        }
        return all;
    }

    private static double waiting(int count) {
        return Loop.run(() -> {
            Event event = new Event();
            Object[] futures = new Object[count];
            long before = used();
            for (int i = 0; i < count; i++) {
                futures[i] = Loop.spawn(() -> {
                    event.await();
                    return event;
                });
            }
            Loop.yield();
            long after = used();
            event.set();
            return (double) (after - before) / futures.length;
        });
    }

    private static double virtualWaiting(int count) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(count);
        CountDownLatch event = new CountDownLatch(1);
        Object[] threads = new Object[count];
        long before = used();
        for (int i = 0; i < count; i++) {
            threads[i] = Thread.startVirtualThread(() -> {
                begun.countDown();
                try {
                    event.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        begun.await();
        long after = used();
        event.countDown();
        return (double) (after - before) / threads.length;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}

package dev.pando.bench;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.process.Processes;
import dev.pando.shared.SharedClosedException;
import dev.pando.shared.SharedCounter;
import dev.pando.shared.SharedLock;
import dev.pando.shared.SharedMap;
import dev.pando.shared.SharedPipe;
import dev.pando.shared.SharedQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A program of {@link SharingRounds}: two worker processes repeat {@code sharing_peer.py} step by step. Prints a line
 * for each number, that of the last of some repeats: the workers' JIT compilers have the others.
 *
 * <p>Argument: how often each thing is done.
 */
final class SharingFork {
    private static final int REPEATS = 3;
    private static final int AT_ONCE = 500;

    /** So many times more items go through a queue, or else it would be over while the workers compile their code. */
    private static final int STREAM = 20;

    private static final int KEYS = 100;

    private SharingFork() {}

    public static void main(String[] args) {
        int count = Integer.parseInt(args[0]);
        System.out.println("version JDK " + Runtime.version());
        try (Pool pool = Pool.open(Processes.of(2))) {
            show("counter", micros(pool, count, adding(pool.shared().counter(), count)));
            show("lock", micros(pool, count, locking(pool.shared().lock(), count)));
            SharedMap<String, Integer> map = pool.shared().map();
            show("put", micros(pool, count, putting(map, count)));
            show("get", micros(pool, count, getting(map, count)));
            show("pipe", pipe(pool, count));
            show("queueYoung", queue(pool, count, 1));
            show("queue", queue(pool, STREAM * count, 1));
            show("queueMany", queue(pool, STREAM * count, AT_ONCE));
        }
    }

    private static void show(String name, double number) {
        System.out.println(name + " " + String.format(Locale.ROOT, "%.3f", number));
    }

    /** Returns the microseconds of one operation: the task returns the nanoseconds of all. */
    private static double micros(Pool pool, int count, Task<Long> task) {
        double last = 0;
        for (int i = 0; i < REPEATS; i++) {
            last = pool.submit(task).result() / 1e3 / count;
        }
        return last;
    }

    private static Task<Long> adding(SharedCounter counter, int count) {
        return () -> {
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                counter.add(1);
            }
            return System.nanoTime() - begin;
        };
    }

    private static Task<Long> locking(SharedLock lock, int count) {
        return () -> {
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                lock.lock();
                lock.unlock();
            }
            return System.nanoTime() - begin;
        };
    }

    private static Task<Long> putting(SharedMap<String, Integer> map, int count) {
        return () -> {
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                map.put("k" + i % KEYS, i);
            }
            return System.nanoTime() - begin;
        };
    }

    private static Task<Long> getting(SharedMap<String, Integer> map, int count) {
        return () -> {
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                map.get("k" + i % KEYS);
            }
            return System.nanoTime() - begin;
        };
    }

    private static double pipe(Pool pool, int count) {
        double last = 0;
        for (int i = 0; i < REPEATS; i++) {
            try (SharedPipe<Integer, Integer> pipe = pool.shared().pipe()) {
                SharedPipe.PipeEnd<Integer, Integer> left = pipe.left();
                SharedPipe.PipeEnd<Integer, Integer> right = pipe.right();
                TaskFuture<Integer> answering = pool.submit(() -> {
                    for (int n = 0; n < count; n++) {
                        right.send(right.receive());
                    }
                    return count;
                });
                Task<Long> asking = () -> {
                    long begin = System.nanoTime();
                    for (int n = 0; n < count; n++) {
                        left.send(n);
                        left.receive();
                    }
                    return System.nanoTime() - begin;
                };
                last = pool.submit(asking).result() / 1e3 / count;
                answering.result();
            }
        }
        return last;
    }

    /** Returns the items a second from one worker to the other, so many in a call. */
    private static double queue(Pool pool, int count, int atOnce) {
        double last = 0;
        for (int i = 0; i < REPEATS; i++) {
            SharedQueue<Integer> queue = pool.shared().queue(10_000);
            TaskFuture<Integer> producer = pool.submit(() -> produce(queue, count, atOnce));
            TaskFuture<Long> consumer = pool.submit(() -> consume(queue, atOnce));
            producer.result();
            last = count / (consumer.result() / 1e9);
        }
        return last;
    }

    private static int produce(SharedQueue<Integer> queue, int count, int atOnce) throws InterruptedException {
        List<Integer> some = new ArrayList<>(atOnce);
        for (int i = 0; i < count; i++) {
            if (atOnce == 1) {
                queue.put(i);
                continue;
            }
            some.add(i);
            if (some.size() == atOnce || i == count - 1) {
                queue.putAll(some);
                some.clear();
            }
        }
        queue.close();
        return count;
    }

    /** Returns the nanoseconds from the first item to the last. */
    private static long consume(SharedQueue<Integer> queue, int atOnce) throws InterruptedException {
        queue.take();
        long begin = System.nanoTime();
        if (atOnce == 1) {
            for (int item : queue) {
                if (item < 0) {
                    throw new AssertionError("an item that nothing put in");
                }
            }
            return System.nanoTime() - begin;
        }
        try {
            while (true) {
                if (queue.takeSome(atOnce).isEmpty()) {
                    throw new AssertionError("nothing, although there is more");
                }
            }
        } catch (SharedClosedException end) {
            return System.nanoTime() - begin;
        }
    }
}

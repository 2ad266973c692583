package dev.pando.lab.advise;

import dev.pando.Fn;
import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.local.Caller;
import dev.pando.local.Threads;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;

/** Profiles the function: batches of calls on one thread, and then on several at once. */
record FunctionProbe<A extends @Nullable Object, T extends @Nullable Object>(Fn<A, T> fn, List<? extends A> sample) {
    /** A shorter batch would be about the size of what disturbs it: a turn of another program, a look at the clocks. */
    private static final long BATCH_NANOS = 5_000_000;

    /** The part of the time spent warming up, because the first calls load classes and are not compiled yet. */
    private static final double WARM = 0.4;

    /** The part of the time for calls on several threads at once. */
    private static final double TOGETHER = 0.3;

    private static final int MOST_THREADS = 4;

    /** Beyond this many times the limit no further call begins, or else a slow function would take minutes. */
    private static final int PATIENCE = 20;

    /** Calls that exclude each other are seen to after as many calls as this. */
    private static final int CALLS_TOGETHER = 8;

    /** On a busy machine a thread may wait this long for its first turn, and must not find the others gone. */
    private static final double LEAST_TOGETHER = 150e6;

    private static final double MOST_BUSY = 5;

    /** What the calls on one thread gave: batches, and the last result. */
    private record Alone<T extends @Nullable Object>(List<CallBatch> batches, T last) {}

    /** Calls the function for about as long as the limit, and at least once. */
    CallProfile profile(Duration limit) {
        long nanos = limit.toNanos();
        Alone<T> alone;
        try (Pool pool = Pool.with(Threads.of(1)).named("probe").open()) {
            alone = pool.submit(() -> alone(nanos)).result();
        }
        CallBatch all = CallBatch.sum(alone.batches);
        int threads = all.knowsDelay()
                ? MOST_THREADS
                : Math.clamp(Runtime.getRuntime().availableProcessors(), 2, MOST_THREADS);
        CallBatch together = alone.batches.size() < KindJudge.FEWEST
                ? new CallBatch(0, 0, 0, 0, 0, 0, 0, 0)
                : together(threads, togetherNanos(nanos, all));
        KindVerdict verdict = KindJudge.judge(alone.batches, together, threads);
        CallBatch quiet = verdict.quiet();
        double calls = Math.max(1, quiet.calls());
        return new CallProfile(
                verdict.kind(),
                verdict.because(),
                quiet.calls(),
                quiet.wall() / calls,
                quiet.cpu() / calls,
                quiet.waiting() / calls,
                known(quiet.delay() / calls),
                quiet.pause() / calls,
                known(quiet.allocated() / calls),
                size(sample.getFirst()),
                size(alone.last),
                obstacle());
    }

    /** Returns long enough for some calls of each thread, and longer on a machine that lets threads wait for a turn. */
    private static long togetherNanos(long limit, CallBatch alone) {
        double busy = Math.clamp(alone.wall() / Math.max(1, alone.ownNanos()), 1, MOST_BUSY);
        double calls = CALLS_TOGETHER * alone.ownNanos() / alone.calls();
        return (long) Math.min(
                busy * Math.max(Math.max(LEAST_TOGETHER, TOGETHER * limit), calls),
                Math.max(busy * LEAST_TOGETHER, PATIENCE * (double) limit));
    }

    private Alone<T> alone(long limit) throws Exception {
        long start = System.nanoTime();
        List<CallBatch> batches = new ArrayList<>();
        long calls = 1;
        long next = 0;
        long passed;
        T last;
        do {
            ClockReading clocks = ClockReading.start();
            last = call(next, calls);
            CallBatch batch = clocks.end(calls);
            next += calls;
            passed = System.nanoTime() - start;
            // By the calls' own time: a batch that another program held up is not long.
            long wanted = (long) (calls * BATCH_NANOS / Math.max(1, batch.ownNanos()));
            if (passed > WARM * limit && wanted < 2 * calls) {
                batches.add(batch);
            }
            calls = Math.clamp(wanted, 1, 4 * calls);
        } while (passed < (batches.size() < KindJudge.FEWEST ? (double) PATIENCE * limit : (1 - TOGETHER) * limit));
        return new Alone<>(batches, last);
    }

    private T call(long from, long calls) throws Exception {
        T last = fn.apply(input(from));
        for (long i = from + 1; i < from + calls; i++) {
            last = fn.apply(input(i));
        }
        return last;
    }

    private A input(long number) {
        return sample.get((int) (number % sample.size()));
    }

    /** All threads call until the time is over, so that none is alone at the end. */
    private CallBatch together(int threads, long nanos) {
        ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        boolean counted = bean.isThreadContentionMonitoringEnabled();
        CyclicBarrier ready = new CyclicBarrier(threads);
        try (Pool pool = Pool.with(Threads.of(threads)).named("probe").open()) {
            bean.setThreadContentionMonitoringEnabled(true);
            List<TaskFuture<CallBatch>> all = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                all.add(pool.submit(() -> {
                    ready.await();
                    return until(System.nanoTime() + nanos, number);
                }));
            }
            return CallBatch.sum(all.stream().map(TaskFuture::result).toList());
        } finally {
            bean.setThreadContentionMonitoringEnabled(counted);
        }
    }

    private CallBatch until(long end, long from) throws Exception {
        ClockReading clocks = ClockReading.start();
        long calls = 0;
        do {
            var _ = fn.apply(input(from + calls));
            calls++;
        } while (System.nanoTime() - end < 0);
        return clocks.end(calls);
    }

    private static OptionalLong known(double amount) {
        return amount < 0 ? OptionalLong.empty() : OptionalLong.of((long) amount);
    }

    /** Checks only sending. Ignores other failures: a class missing here may be found in a worker process. */
    private Optional<String> obstacle() {
        try (Pool pool = Pool.open(Caller.serializing())) {
            var _ = pool.submit(fn, sample.getFirst()).exception();
            return Optional.empty();
        } catch (NotSendableException refused) {
            return Optional.of(
                    String.valueOf(refused.getMessage()).lines().findFirst().orElse("it cannot be sent"));
        }
    }

    private static OptionalLong size(@Nullable Object value) {
        var counted = new OutputStream() {
            private long bytes;

            @Override
            public void write(int one) {
                bytes++;
            }

            @Override
            public void write(byte[] some, int from, int length) {
                bytes += length;
            }
        };
        try (var out = new ObjectOutputStream(counted)) {
            out.writeObject(value);
            out.flush();
            return OptionalLong.of(counted.bytes);
        } catch (IOException notSerializable) {
            return OptionalLong.empty();
        }
    }
}

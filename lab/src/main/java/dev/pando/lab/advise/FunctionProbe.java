package dev.pando.lab.advise;

import dev.pando.Fn;
import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.TaskInfo;
import dev.pando.local.Caller;
import dev.pando.local.Threads;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Profiles the function in a few calls on one thread. */
record FunctionProbe<A extends @Nullable Object, T extends @Nullable Object>(Fn<A, T> fn, List<? extends A> sample) {
    private static final int ENOUGH = 200;
    /** The part of the time spent warming up, because the first calls load classes and are not compiled yet. */
    private static final double WARM = 0.5;

    /** Calls the function until the limit, and at least once. */
    CallProfile profile(Duration limit) {
        List<TaskInfo> calls = new ArrayList<>();
        T last;
        try (Pool pool = Pool.with(Threads.of(1)).metered().named("probe").open()) {
            long end = System.nanoTime() + limit.toNanos();
            do {
                TaskFuture<T> call = pool.submit(fn, sample.get(calls.size() % sample.size()));
                last = call.result();
                calls.add(call.info());
            } while (calls.size() < ENOUGH && System.nanoTime() < end);
        }
        List<TaskInfo> warm = calls.subList((int) (calls.size() * WARM), calls.size());
        return new CallProfile(
                calls.size(),
                median(warm.stream().mapToDouble(FunctionProbe::wall).toArray()),
                median(warm.stream()
                        .mapToDouble(call ->
                                call.bill().cpuTime().map(Duration::toNanos).orElse((long) wall(call)))
                        .toArray()),
                allocated(warm),
                size(sample.getFirst()),
                size(last),
                obstacle());
    }

    private static double wall(TaskInfo call) {
        return Duration.between(call.started().orElseThrow(), call.finished().orElseThrow())
                .toNanos();
    }

    private static OptionalLong allocated(List<TaskInfo> calls) {
        double[] known = calls.stream()
                .map(call -> call.bill().allocatedBytes())
                .filter(OptionalLong::isPresent)
                .mapToDouble(OptionalLong::getAsLong)
                .toArray();
        return known.length == 0 ? OptionalLong.empty() : OptionalLong.of((long) median(known));
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

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}

package dev.pando.lab.experiment;

import dev.pando.loop.Channel;
import dev.pando.loop.Event;
import dev.pando.loop.Loop;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Coroutines of one event loop: they take turns, and live in the heap. */
final class LoopActivity implements ActivityKind {
    @Override
    public String title() {
        return "coroutines";
    }

    @Override
    public int many(ExperimentContext experimentContext) {
        return (int) experimentContext.pick(200, 20_000, 100_000);
    }

    @Override
    public Slept sleep(int count) {
        AtomicLong awake = new AtomicLong();
        double before = HeapMeter.inTheHeap();
        Loop patient = Loop.create().warnAfter(Duration.ZERO); // weighing blocks the loop, on purpose
        return Loop.run(patient, () -> {
            Event weighed = new Event();
            AtomicLong begun = new AtomicLong();
            Event allBegun = new Event();
            long start = System.nanoTime();
            try (var group = Loop.group()) {
                for (int i = 0; i < count; i++) {
                    var _ = group.submit(() -> {
                        if (begun.incrementAndGet() == count) {
                            allBegun.set();
                        }
                        Loop.sleep(Duration.ofMillis(50));
                        weighed.await(); // so that all are there to be weighed, even late ones
                        return awake.incrementAndGet();
                    });
                }
                allBegun.await();
                long weighing = System.nanoTime();
                double bytes = Math.max(0, HeapMeter.inTheHeap() - before);
                weighing = System.nanoTime() - weighing;
                weighed.set();
                group.join();
                return new Slept(System.nanoTime() - start - weighing, bytes, awake.get());
            }
        });
    }

    @Override
    public Talked talk(int rounds) {
        return Loop.run(() -> {
            Channel<Integer> word = Channel.of(1);
            long start = System.nanoTime();
            var listener = Loop.spawn(() -> {
                long heard = 0;
                for (int i = 0; i < rounds; i++) {
                    heard += word.receive();
                }
                return heard;
            });
            for (int i = 0; i < rounds; i++) {
                word.send(i);
            }
            return new Talked(System.nanoTime() - start, listener.result());
        });
    }
}

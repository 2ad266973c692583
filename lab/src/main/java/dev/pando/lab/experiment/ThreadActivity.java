package dev.pando.lab.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** Threads, platform or virtual. */
record ThreadActivity(String title, ThreadFactory threads) implements ActivityKind {

    @Override
    public int many(ExperimentContext experimentContext) {
        return (int)
                (isVirtual() ? experimentContext.pick(200, 20_000, 100_000) : experimentContext.pick(50, 1_000, 4_000));
    }

    private boolean isVirtual() {
        return threads.newThread(() -> {}).isVirtual();
    }

    private double held() {
        return isVirtual() ? HeapMeter.inTheHeap() : HeapMeter.byTheProcess();
    }

    @Override
    public Slept sleep(int count) throws InterruptedException {
        var begun = new CountDownLatch(count);
        var weighed = new CountDownLatch(1);
        AtomicLong awake = new AtomicLong();
        double before = held();
        long start = System.nanoTime();
        List<Thread> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Thread thread = threads.newThread(() -> {
                try {
                    begun.countDown();
                    Thread.sleep(50);
                    weighed.await(); // so that all are there to be weighed, even late ones
                    awake.incrementAndGet();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            all.add(thread);
            thread.start();
        }
        begun.await();
        long weighing = System.nanoTime();
        double bytes = before < 0 ? -1 : Math.max(0, held() - before);
        weighing = System.nanoTime() - weighing;
        weighed.countDown();
        for (Thread thread : all) {
            thread.join();
        }
        return new Slept(System.nanoTime() - start - weighing, bytes, awake.get());
    }

    @Override
    public Talked talk(int rounds) throws InterruptedException {
        var word = new SynchronousQueue<Integer>();
        AtomicLong heard = new AtomicLong();
        Thread listener = threads.newThread(() -> {
            try {
                for (int i = 0; i < rounds; i++) {
                    heard.addAndGet(word.take());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Thread speaker = threads.newThread(() -> {
            try {
                for (int i = 0; i < rounds; i++) {
                    word.put(i);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        long start = System.nanoTime();
        listener.start();
        speaker.start();
        speaker.join();
        listener.join();
        return new Talked(System.nanoTime() - start, heard.get());
    }
}
